using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The <c>default</c> of a <c>DataFrameMapper</c>: what becomes of the columns that no feature takes.</summary>
/// <remarks>
/// sklearn_pandas 2.2, <c>sklearn_pandas/dataframe_mapper.py</c>, <c>DataFrameMapper._transform</c> and <c>get_names</c>. Those columns are told from
/// <c>transformed_names_</c>, the names of its last answer: with None they stand behind those of the features. A transformer says its columns itself where it was
/// fitted on a frame (<c>input_df=True</c>); else the names of its answer begin with those of all its columns, joined by underscores.
/// </remarks>
internal static class MapperDefault
{
    private const string WayOut = "set input_df=True, or name them in a feature of their own";

    /// <summary>Adds the part that takes those columns, where there are any.</summary>
    /// <param name="node">The mapper.</param>
    /// <param name="parts">The parts of its features.</param>
    /// <param name="names">The columns that they take, to which others are added.</param>
    /// <exception cref="ModelLoadException">The file does not tell which columns they are.</exception>
    public static void Add(EstimatorNode node, List<ColumnPart> parts, OrderedDictionary<string, int> names)
    {
        var value = node.Has("built_default") ? node.Optional("built_default") : node.Has("default") ? node.Optional("default") : false;
        if (value is false or 0L || DataFrameMapper.ReadPart(node, value, "built_default") is not { } transformer)
        {
            return;
        }

        var answer = Answer(node, parts);
        var columns = value is null ? answer : [.. transformer.FeatureNames ?? Split(node, transformer, answer)];
        if (Array.Find(columns, names.ContainsKey) is { } taken || columns.Distinct(StringComparer.Ordinal).Count() != columns.Length)
        {
            throw node.Error($"'default' takes the columns {string.Join(", ", columns)}, of which a feature takes some, or which are not all different");
        }

        foreach (var column in columns)
        {
            names.Add(column, names.Count);
        }

        if (columns.Length > 0)
        {
            parts.Add(new ColumnPart("built_default", transformer, [.. columns.Select(column => names[column])], false, 1));
        }
    }

    // The names behind those of the features.
    private static string[] Answer(EstimatorNode node, List<ColumnPart> parts)
    {
        var widths = parts.ConvertAll(part => part.Transformer.Width(part.Columns.Length));
        var all = node.Optional("transformed_names_") is null ? [] : node.Texts("transformed_names_");
        var written = widths.Sum(width => (long)width);
        return all.Count > 0 && all.Count >= written && !widths.Contains(-1) ? [.. all.Skip((int)written)]
            : throw node.Error($"'default' takes the columns that no feature names, and the file does not list them before it has answered; call fit_transform instead of fit, {WayOut}");
    }

    private static string[] Split(EstimatorNode node, Transformer transformer, string[] answer)
    {
        var joined = Joined(answer);
        var columns = joined?.Split('_');
        return columns is not null && columns.Length == transformer.FeatureCount ? columns
            : joined is not null && transformer.FeatureCount == 1 ? [joined]
            : throw node.Error($"'default' takes {transformer.FeatureCount} columns, which '{joined ?? string.Join(", ", answer)}' does not tell apart; {WayOut}");
    }

    // One column of an answer is called as all of its input's, several are numbered.
    private static string? Joined(string[] answer)
    {
        if (answer is [var one])
        {
            return one;
        }

        if (answer is not [var first, ..] || !first.EndsWith("_0", StringComparison.Ordinal))
        {
            return null;
        }

        var joined = first[..^2];
        for (var i = 0; i < answer.Length; i++)
        {
            if (answer[i] != $"{joined}_{i}")
            {
                return null;
            }
        }

        return joined;
    }
}
