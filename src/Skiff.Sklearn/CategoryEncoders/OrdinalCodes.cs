using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The codes of a column's categories as an <c>OrdinalEncoder</c> gives them: the first step of most encoders.</summary>
/// <remarks>category_encoders 2.9, <c>category_encoders/ordinal.py</c>, <c>OrdinalEncoder.ordinal_encoding</c>.</remarks>
/// <param name="Name">The column.</param>
/// <param name="Labels">The categories, NaN where missing values have a code.</param>
/// <param name="Codes">The code of each.</param>
/// <param name="Missing">The code of a missing value that is none of them; null where it is refused.</param>
/// <param name="Unknown">The code of any other; null where it is refused.</param>
internal sealed record OrdinalCodes(object Name, object?[] Labels, double[] Codes, double? Missing, double? Unknown)
{
    /// <summary>Reads the <c>mapping</c> of an encoder.</summary>
    public static OrdinalCodes[] ReadAll(EstimatorNode node)
    {
        var items = node.List("mapping");
        return [.. items.Select((item, i) => Read(node, item, $"mapping[{i}]"))];
    }

    private static OrdinalCodes Read(EstimatorNode node, object? item, string path)
    {
        if (item is not PyDict entry || !entry.TryGetValue("col", out var name) || name is null || !entry.TryGetValue("mapping", out var mapping))
        {
            throw node.Error($"'{path}' is {Describe.Value(item)}; expected the mapping of a column");
        }

        var (labels, codes) = ReadCodes(node, mapping, path);
        if (Array.Exists(codes, code => code != Math.Floor(code)))
        {
            throw node.Error($"'{path}' maps to numbers that are not whole; category_encoders cuts them off where a batch has no missing value; map to integers");
        }

        double? unknown = node.Text("handle_unknown") switch
        {
            "value" => -1,
            "error" => null,
            _ => double.NaN,
        };
        var handling = node.Text("handle_missing");
        if (handling == "return_nan")
        {
            codes = Array.ConvertAll(codes, code => code == -2 ? double.NaN : code);
        }

        return new OrdinalCodes(name, labels, codes, handling == "error" ? null : unknown, unknown);
    }

    private static (object?[] Labels, double[] Codes) ReadCodes(EstimatorNode node, object? mapping, string path)
    {
        if (mapping is PyDict given)
        {
            return ([.. given.Entries.Select(pair => pair.Key)],
                [.. given.Entries.Select(pair => EstimatorNode.AsNumber(pair.Value) ?? throw node.Error($"'{path}' maps to {Describe.Value(pair.Value)}; expected integers"))]);
        }

        var series = PandasTable.Read(node, mapping, path);
        return series.Columns.Length == 0 ? (series.Index, [.. series.Values.Select(row => row[0])]) : throw node.Error($"'{path}' is a DataFrame; expected a Series");
    }
}
