namespace Skiff.Sklearn;

/// <summary>One tree of a booster as its payload holds it. Nothing in it has been checked but that its arrays are as long as each other.</summary>
/// <param name="Arrays">Its nodes.</param>
/// <param name="Values">The values of its leaves.</param>
/// <param name="Width">How many values a leaf has: one, or one an output.</param>
/// <param name="Places">Which of those values are a node's, by node; null where there are values for every node.</param>
internal sealed record BoosterTree(TreeArrays<float> Arrays, float[] Values, int Width, int[]? Places)
{
    /// <summary>The values of a leaf.</summary>
    /// <exception cref="PayloadException">There are none.</exception>
    public ReadOnlySpan<float> ValuesOf(int leaf)
    {
        var place = Places is null ? leaf : Places[leaf];
        return place >= 0 && place < Values.Length / Width
            ? Values.AsSpan(place * Width, Width)
            : throw new PayloadException($"leaf {leaf} has the values {place}; there are {Values.Length / Width}");
    }
}
