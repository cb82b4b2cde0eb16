using System.Globalization;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// The arrays of a classifier that answers with one label a row, or with several: <c>predict</c> then has a column each, and probabilities
/// are arrays of their own, <c>predict_proba.0</c>, <c>predict_proba.1</c>, …
/// </summary>
internal sealed class LabelOutputs
{
    private readonly int[][] _codes;
    private readonly Methods[] _listed;

    /// <param name="node">Where they are read.</param>
    /// <param name="classes">The labels of each output.</param>
    /// <param name="isFlat">Whether there is one output, answered without a column of its own.</param>
    /// <param name="probabilities">The methods that give a column a label.</param>
    /// <exception cref="ModelLoadException">An output has no labels, or they are of several types.</exception>
    public LabelOutputs(EstimatorNode node, LabelSet[] classes, bool isFlat, params Methods[] probabilities)
    {
        if (classes.Length == 0 || (isFlat && classes.Length > 1) || classes.Any(labels => labels.Count == 0))
        {
            throw node.Error("'classes_' does not hold labels for every output");
        }

        if (classes.Any(labels => labels.Kind != classes[0].Kind))
        {
            throw node.Error("'classes_' holds labels of several types; outputs can be answered together only where their labels are of one type");
        }

        Classes = classes;
        IsFlat = isFlat;
        _listed = probabilities;
        (All, _codes) = Unite(classes);
        Outputs =
        [
            new(Methods.Predict, "predict", OutputKind.Label, isFlat ? 0 : classes.Length, All),
            .. probabilities.SelectMany(method => classes.Select((labels, k) => new ModelOutput(method, Name(method, k), OutputKind.Float64, labels.Count))),
        ];
    }

    /// <summary>The labels of each output.</summary>
    public LabelSet[] Classes { get; }

    /// <summary>Whether there is one output, answered without a column of its own.</summary>
    public bool IsFlat { get; }

    /// <summary>The labels of all outputs together.</summary>
    public LabelSet All { get; }

    /// <summary>All arrays, in the order of <see cref="MethodNames.All"/>.</summary>
    public ModelOutput[] Outputs { get; }

    /// <summary>Reads <c>classes_</c>: labels, or a list of them.</summary>
    public static LabelSet[] Read(EstimatorNode node, bool isFlat) => isFlat
        ? [node.Labels("classes_")]
        : [.. node.List("classes_").Select((item, k) => LabelReader.Read(item) ?? throw node.UnexpectedItem("classes_", k, item, "labels"))];

    /// <summary>The code in <see cref="All"/> of a label of one output.</summary>
    public int Code(int output, int label) => _codes[output][label];

    /// <summary>Adds <c>predict</c>.</summary>
    public void AddLabels(int[] codes, int rows, Results results) => results.Add(Outputs[0], codes, rows, Classes.Length);

    /// <summary>Adds one output's column a label.</summary>
    public void Add(Methods method, int output, Block numbers, Results results) =>
        results.Add(Outputs[1 + (Array.IndexOf(_listed, method) * Classes.Length) + output], numbers);

    private string Name(Methods method, int output) =>
        IsFlat ? MethodNames.Of(method) : string.Create(CultureInfo.InvariantCulture, $"{MethodNames.Of(method)}.{output}");

    private static (LabelSet All, int[][] Codes) Unite(LabelSet[] classes)
    {
        if (classes.Length == 1)
        {
            return (classes[0], [[.. Enumerable.Range(0, classes[0].Count)]]);
        }

        var places = new Dictionary<object, int>();
        var codes = classes.Select(labels => labels.Values.Select(value =>
        {
            places.TryAdd(value, places.Count);
            return places[value];
        }).ToArray()).ToArray();
        return (Labels(classes[0].Kind, places.Keys), codes);
    }

    private static LabelSet Labels(LabelKind kind, IEnumerable<object> values) => kind switch
    {
        LabelKind.Text => LabelSet.Of(values.Cast<string>()),
        LabelKind.Int64 => LabelSet.Of(values.Cast<long>()),
        LabelKind.Bool => LabelSet.Of(values.Cast<bool>()),
        _ => LabelSet.Of(values.Cast<double>()),
    };
}
