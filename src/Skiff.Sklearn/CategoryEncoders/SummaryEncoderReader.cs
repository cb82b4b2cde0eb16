namespace Skiff.Sklearn;

/// <summary>Reads the <c>SummaryEncoder</c> of <c>category_encoders</c>: a <c>QuantileEncoder</c> for each quantile, column beside column.</summary>
/// <remarks>
/// category_encoders 2.9, <c>category_encoders/quantile_encoder.py</c>, <c>SummaryEncoder.transform</c>; the same since it came with 2.3. The quantiles
/// of a column stand together where the column stood.
/// </remarks>
internal static class SummaryEncoderReader
{
    // It refuses two quantiles of one rounded percentile.
    private const int MostQuantiles = 101;

    /// <summary>Reads one.</summary>
    public static Estimator Read(EstimatorNode node)
    {
        var items = node.List("encoder_list");
        if (items.Count is 0 or > MostQuantiles)
        {
            throw node.Error($"'encoder_list' has {items.Count} encoders; expected one for each quantile, {MostQuantiles} at most");
        }

        var encoders = new List<CategoryEncoder>();
        for (var i = 0; i < items.Count; i++)
        {
            var path = $"encoder_list[{i}]";
            if (EncoderWrappers.ReadMember(node, items[i], path) is not { } encoder)
            {
                return UnreadEstimator.Instance;
            }

            EncoderWrappers.RequireSameColumns(node, encoders.FirstOrDefault(), encoder, path);
            encoders.Add(encoder);
        }

        var (count, names) = (encoders[0].FeatureCount, encoders[0].FeatureNames);
        return new CategoryEncoder(node.ClassName, [.. Enumerable.Range(0, count).SelectMany(column => Column(node, encoders, column))], count, names);
    }

    private static CategoryEncoder.Part[] Column(EstimatorNode node, List<CategoryEncoder> encoders, int column)
    {
        var parts = encoders.SelectMany(encoder => encoder.Parts.Where(part => part.Column == column)).ToArray();
        return Array.TrueForAll(parts, part => part.Encoded is null) ? parts[..1]
            : parts.Length == encoders.Count && Array.TrueForAll(parts, part => part.Encoded is not null) ? parts
            : throw node.Error($"the encoders of 'encoder_list' do not encode the same columns: column {column} is passed on by some");
    }
}
