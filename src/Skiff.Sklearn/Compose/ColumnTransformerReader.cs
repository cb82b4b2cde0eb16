using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads a fitted <c>ColumnTransformer</c>.</summary>
internal static class ColumnTransformerReader
{
    public static Estimator Read(EstimatorNode node)
    {
        var entries = node.List("transformers_");
        var names = FeatureNames(node, entries);
        var count = FeatureCount(node, names);
        var selection = new ColumnSelection(node, count, names);
        var weights = node.Optional("transformer_weights") as PyDict;
        var parts = new List<ColumnPart>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (EstimatorNode.Items(entries[i]) is not { Count: 3 } entry || entry[0] is not string name)
            {
                throw node.Error($"'transformers_[{i}]' is {Describe.Value(entries[i])}; expected a name, a transformer and columns");
            }

            if (entry[1] is null or "drop")
            {
                continue;
            }

            // Transformers without columns were not fitted, and give nothing.
            var (columns, isOne) = selection.Read(entry[2], $"transformers_[{i}].{name}");
            if (columns.Length > 0 && ReadPart(node, entry[1], $"transformers_[{i}].{name}") is { } transformer)
            {
                parts.Add(new ColumnPart(name, transformer, columns, isOne, FeatureUnion.Weight(node, weights, name)));
            }
        }

        CheckNeeds(node, parts, names);
        return new ColumnTransformer([.. parts], count, names, node.Flag("sparse_output_", false));
    }

    private static Transformer? ReadPart(EstimatorNode node, object? value, string path)
    {
        if (value is "passthrough")
        {
            return Passthrough.Instance;
        }

        var place = node.Join(path);
        if (node.Context.ReadEstimator(value, place) is Transformer { CanFeed: true } transformer)
        {
            return transformer;
        }

        node.Context.Note(place, "the estimator has no transform");
        return null;
    }

    // Before 1.0 the names are the frame's own index.
    private static IReadOnlyList<string>? FeatureNames(EstimatorNode node, IReadOnlyList<object?> entries)
    {
        if (node.FeatureNames is { } names)
        {
            return names;
        }

        if (node.Optional("_df_columns") is { } columns && PandasIndex.TryRead(columns, out var labels))
        {
            return [.. labels.Select(label => label as string ?? throw node.Unexpected("_df_columns", "names of columns"))];
        }

        return node.Optional("_feature_names_in") is not null ? node.Texts("_feature_names_in") : NamesInUse(entries);
    }

    // A file that keeps no names still says which ones its transformers take.
    private static List<string>? NamesInUse(IReadOnlyList<object?> entries)
    {
        var names = entries
            .Select(entry => EstimatorNode.Items(entry) is { Count: 3 } items ? items[2] : null)
            .SelectMany(columns => columns is string one ? [one] : (EstimatorNode.Items(columns) ?? []).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? null : names;
    }

    private static int FeatureCount(EstimatorNode node, IReadOnlyList<string>? names)
    {
        var count = node.FeatureCount >= 0 ? node.FeatureCount
            : node.Has("_n_features") ? node.CheckedInteger("_n_features", 0, int.MaxValue)
            : names?.Count ?? throw node.Error("'n_features_in_' is missing: the estimator is not fitted; call fit before saving it");
        return names is null || names.Count == count ? count : throw node.Error($"the file has {names.Count} column names for {count} columns");
    }

    internal static void CheckNeeds(EstimatorNode node, List<ColumnPart> parts, IReadOnlyList<string>? names)
    {
        var known = new Dictionary<int, (ColumnNeed Need, string Part)>();
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Columns.Length; i++)
            {
                var need = part.Transformer.Need(i);
                if (need is not (ColumnNeed.Number or ColumnNeed.Text or ColumnNeed.Json))
                {
                    continue;
                }

                if (known.TryAdd(part.Columns[i], (need, part.Name)) || known[part.Columns[i]].Need == need)
                {
                    continue;
                }

                var column = names?[part.Columns[i]] ?? $"x{part.Columns[i]}";
                throw node.Error($"'{part.Name}' takes {Word(need)} from column '{column}', '{known[part.Columns[i]].Part}' takes {Word(known[part.Columns[i]].Need)}");
            }
        }
    }

    private static string Word(ColumnNeed need) => need switch { ColumnNeed.Text => "texts", ColumnNeed.Json => "lists or objects", _ => "numbers" };
}
