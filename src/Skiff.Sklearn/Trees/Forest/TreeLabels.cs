using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The labels of a classifier with one output or several.</summary>
internal sealed class TreeLabels
{
    private readonly int[][] _codes;

    private TreeLabels(LabelSet[] outputs, LabelSet all, int[][] codes)
    {
        Outputs = outputs;
        All = all;
        _codes = codes;
        Width = outputs.Sum(labels => labels.Count);
    }

    /// <summary>The labels of each output.</summary>
    public IReadOnlyList<LabelSet> Outputs { get; }

    /// <summary>The labels of all outputs together, each once.</summary>
    public LabelSet All { get; }

    /// <summary>How many labels all outputs have, one after the other.</summary>
    public int Width { get; }

    /// <summary>Reads <c>classes_</c>: labels, or a list of labels where there are several outputs.</summary>
    /// <exception cref="ModelLoadException">They are no labels, or those of two outputs are of different types.</exception>
    public static TreeLabels Read(EstimatorNode node)
    {
        var count = node.CheckedInteger("n_outputs_", 1, int.MaxValue);
        if (count == 1)
        {
            var labels = node.Labels("classes_");
            return labels.Count > 0 ? Of([labels]) : throw node.Error("'classes_' is empty");
        }

        var lists = node.Required("classes_") is PyList list ? list.Items : node.List("classes_");
        if (lists.Count != count)
        {
            throw node.Error($"'classes_' has labels of {lists.Count} outputs, 'n_outputs_' is {count}");
        }

        var outputs = lists.Select(item => LabelReader.Read(item) is { Count: > 0 } labels ? labels : throw node.Unexpected("classes_", "a list of labels")).ToArray();
        return outputs.All(labels => labels.Kind == outputs[0].Kind)
            ? Of(outputs)
            : throw node.Error("'classes_' has labels of several types; fit on labels of one type");
    }

    /// <summary>The code among <see cref="All"/> of an output's label.</summary>
    public int Code(int output, int label) => _codes[output][label];

    private static TreeLabels Of(LabelSet[] outputs)
    {
        var values = new List<object>();
        var places = new Dictionary<object, int>();
        var codes = outputs.Select(labels => labels.Values.Select(Place).ToArray()).ToArray();
        return new TreeLabels(outputs, outputs.Length == 1 ? outputs[0] : Union(outputs[0].Kind, values), codes);

        int Place(object value)
        {
            // A single output keeps even what its labels repeat.
            if (outputs.Length > 1 && places.TryGetValue(value, out var place))
            {
                return place;
            }

            places[value] = values.Count;
            values.Add(value);
            return values.Count - 1;
        }
    }

    private static LabelSet Union(LabelKind kind, List<object> values) => kind switch
    {
        LabelKind.Text => LabelSet.Of(values.Cast<string>()),
        LabelKind.Int64 => LabelSet.Of(values.Cast<long>()),
        LabelKind.Bool => LabelSet.Of(values.Cast<bool>()),
        _ => LabelSet.Of(values.Cast<double>()),
    };
}
