namespace Skiff.Sklearn;

/// <summary>Which categories an encoder groups as infrequent, and under which code: <c>min_frequency</c> and <c>max_categories</c>.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_encoders.py</c>, <c>_map_infrequent_categories</c>; for OneHotEncoder since 1.1, OrdinalEncoder since 1.3.</remarks>
internal sealed class InfrequentMapping
{
    private readonly int[]?[] _codes;

    private InfrequentMapping(int[]?[] codes)
    {
        _codes = codes;
    }

    /// <summary>Reads the mapping, null where the encoder groups nothing.</summary>
    public static InfrequentMapping? Read(EstimatorNode node, CategoryTable[] tables)
    {
        if (!node.Flag("_infrequent_enabled", false))
        {
            return null;
        }

        var mappings = node.List("_default_to_infrequent_mappings");
        if (mappings.Count != tables.Length)
        {
            throw node.Error($"'_default_to_infrequent_mappings' has {mappings.Count} entries for {tables.Length} columns");
        }

        var codes = new int[]?[tables.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = mappings[i] is null ? null : ReadCodes(node, mappings[i], tables[i], i);
        }

        return new InfrequentMapping(codes);
    }

    /// <summary>A category's code after grouping.</summary>
    public int Map(int column, int category) => _codes[column] is { } codes ? codes[category] : category;

    /// <summary>The code of the group, which comes after all others; -1 where the column has none.</summary>
    public int GroupOf(int column) => _codes[column] is { Length: > 0 } codes ? codes.Max() : -1;

    /// <summary>How many codes a column has after grouping.</summary>
    public int CountOf(int column, int categories) => _codes[column] is { Length: > 0 } codes ? codes.Max() + 1 : categories;

    // An ordinal encoder leaves a missing category, which is the last one, out of the grouping.
    private static int[] ReadCodes(EstimatorNode node, object? value, CategoryTable table, int column)
    {
        var categories = table.Count;
        var codes = EstimatorNode.Items(value)?.Select(EstimatorNode.AsInteger).ToArray();
        var isWhole = codes?.Length == categories || (codes?.Length == categories - 1 && table.MissingIsNaN && table.Missing == categories - 1);
        return isWhole && codes!.All(code => code >= 0 && code < categories)
            ? [.. codes!.Select(code => (int)code!)]
            : throw node.Error($"'_default_to_infrequent_mappings[{column}]' does not give each of the {categories} categories a code");
    }
}
