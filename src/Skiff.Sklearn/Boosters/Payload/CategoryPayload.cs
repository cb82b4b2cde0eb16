using System.Text;

namespace Skiff.Sklearn;

/// <summary>Reads the categories that the columns of the training data had.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/data/cat_container.cc</c>, <c>CatContainer::Load</c>: texts one behind the other with where each begins and ends, or integers. The
/// offsets count characters and the texts are bytes, so that texts beyond ASCII are cut at the wrong places when they are trained on.
/// </remarks>
internal static class CategoryPayload
{
    /// <summary>Reads the categories of every column.</summary>
    /// <exception cref="PayloadException">They are of another form, or are no longer what they were.</exception>
    public static IReadOnlyList<object?[]> Read(PayloadObject categories) => [.. categories.Objects("enc").Select(column =>
        column.Has("offsets") ? ReadTexts(column) : [.. column.LongIntegers("values").Select(value => (object?)value)])];

    private static object?[] ReadTexts(PayloadObject column)
    {
        var offsets = column.Integers("offsets");
        var bytes = Array.ConvertAll(column.Integers("values"), value => (byte)value);
        if (offsets.Length == 0)
        {
            return [];
        }

        var texts = new object?[offsets.Length - 1];
        for (var i = 0; i < texts.Length; i++)
        {
            if (offsets[i] < 0 || offsets[i + 1] < offsets[i] || offsets[i + 1] > bytes.Length)
            {
                throw column.Unexpected("offsets", "places within 'values'");
            }

            texts[i] = Encoding.Latin1.GetString(bytes, offsets[i], offsets[i + 1] - offsets[i]);
        }

        return Ascii.IsValid(bytes)
            ? texts
            : throw new PayloadException($"'{column.Join("values")}' has categories with characters beyond ASCII, which xgboost cuts at the wrong places; name them in ASCII and fit again");
    }
}
