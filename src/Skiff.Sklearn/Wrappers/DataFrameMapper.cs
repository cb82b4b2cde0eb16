using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>DataFrameMapper</c> of <c>sklearn_pandas</c>: each feature takes some columns by name, and their answers stand side by side.</summary>
/// <remarks>
/// sklearn_pandas 2.2, <c>sklearn_pandas/dataframe_mapper.py</c>, <c>DataFrameMapper._transform</c>: a column by its name alone is one of values, one in
/// a list is a table. The answer is sparse where a feature's is and <c>sparse</c> is set. What <c>df_out</c> names does not change a number.
/// The file has no list of the frame's columns: those that features take, and those of a <c>default</c> by <see cref="MapperDefault"/>. What
/// <c>drop_cols</c> names is among neither.
/// </remarks>
internal static class DataFrameMapper
{
    /// <summary>Reads one, as the <see cref="ColumnTransformer"/> that it comes to.</summary>
    public static Estimator Read(EstimatorNode node)
    {
        var name = node.Optional("build_features") is not null ? "build_features" : node.Optional("built_features") is not null ? "built_features" : "features";
        var features = node.List(name);
        var names = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        var parts = new List<ColumnPart>();
        for (var i = 0; i < features.Count; i++)
        {
            if (EstimatorNode.Items(features[i]) is not { Count: 2 or 3 } feature)
            {
                throw node.Error($"'{name}[{i}]' is {Describe.Value(features[i])}; expected columns and a transformer");
            }

            var columns = Columns(node, feature[0], $"{name}[{i}]", names);
            if (ReadPart(node, feature[1], $"{name}[{i}]") is { } transformer)
            {
                parts.Add(new ColumnPart($"{name}[{i}]", transformer, columns, feature[0] is string, 1));
            }
        }

        // One that could not be read is noted, and whatever is made here is not served.
        if (parts.Count == features.Count)
        {
            MapperDefault.Add(node, parts, names);
        }

        if (parts.Count == 0)
        {
            throw node.Error($"'{name}' is empty");
        }

        string[] columnNames = [.. names.Keys];
        ColumnTransformerReader.CheckNeeds(node, parts, columnNames);

        // Whether a feature's answer is sparse shows with its input's kind: texts are the only one that makes a sparse answer of its own.
        var isSparse = node.Flag("sparse", false) && parts.Exists(part => part.Transformer.Produces(part.Transformer.Input ?? BlockKind.Dense) == BlockKind.Csr);
        return new ColumnTransformer([.. parts], columnNames.Length, columnNames, isSparse);
    }

    private static int[] Columns(EstimatorNode node, object? value, string path, OrderedDictionary<string, int> names)
    {
        var wanted = value is string one ? [one] : EstimatorNode.Items(value) ?? throw node.Error($"'{path}' is {Describe.Value(value)}; expected names of columns");
        return [.. wanted.Select(item =>
        {
            var column = item as string ?? throw node.Error($"'{path}' names {Describe.Value(item)}; expected names of columns");
            names.TryAdd(column, names.Count, out var place);
            return place;
        })];
    }

    /// <summary>Reads what a feature's columns, or those of no feature, are given to; null where it is noted as not supported.</summary>
    internal static Transformer? ReadPart(EstimatorNode node, object? value, string path)
    {
        if (value is null)
        {
            return Passthrough.Instance;
        }

        var place = node.Join(path);
        var steps = EstimatorNode.Items(value) ?? [value];
        var transformers = new List<Transformer>();
        foreach (var step in steps)
        {
            if (node.Context.ReadEstimator(step, place) is not Transformer { CanFeed: true } transformer)
            {
                node.Context.Note(place, "the estimator has no transform");
                return null;
            }

            transformers.Add(transformer);
        }

        return transformers.Count switch
        {
            0 => throw node.Error($"'{path}' has an empty list of transformers"),
            1 => transformers[0],
            _ => new Pipeline([.. transformers.SkipLast(1)], transformers[^1]),
        };
    }
}
