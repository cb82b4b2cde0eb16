using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A <c>StackingClassifier</c> of several labels a row: a final estimator over what others say, with an answer a label.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_stacking.py</c>, <c>StackingClassifier.predict</c> and <c>predict_proba</c>; since 1.2. The final classifier was
/// fitted on the places of the labels. Of each label's probabilities the first is answered, which is that of its first value.
/// </remarks>
internal sealed class MultilabelStacking : MetaEstimator
{
    private readonly StackedFeatures _features;
    private readonly Estimator _last;
    private readonly LabelOutputs _labels;
    private readonly int[][] _places;
    private readonly ModelOutput[] _outputs;
    private readonly string _name;

    private MultilabelStacking(EstimatorNode node, Estimator[] members, Estimator last)
        : base(node, members)
    {
        _name = node.ClassName;
        _last = last;
        _labels = new LabelOutputs(node, LabelOutputs.Read(node, isFlat: false), isFlat: false);
        _features = StackedFeatures.Read(node, members, _labels.Classes.Length);
        _places = ReadPlaces(node, last, _labels);
        _features.RequireWidth(node, FeatureCount, last);

        // The first column of each of a list of arrays, which a final estimator that answers with one array does not give.
        var isList = last.Outputs.Count(output => output.Method == Methods.PredictProba) == _labels.Classes.Length && _labels.Classes.Length > 1;
        _outputs =
        [
            _labels.Outputs[0],
            .. isList ? [new ModelOutput(Methods.PredictProba, "predict_proba", OutputKind.Float64, _labels.Classes.Length)] : Array.Empty<ModelOutput>(),
            .. last.Outputs.Where(output => output.Method == Methods.DecisionFunction),
            new(Methods.Transform, "transform", OutputKind.Float64, _features.Width(FeatureCount)),
        ];
        Methods = _outputs.Aggregate(Methods.None, (all, output) => all | output.Method);
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node)
    {
        var members = Members.Read(node);
        var last = node.Child("final_estimator_");
        return Members.AreRead([.. members, last]) ? new MultilabelStacking(node, members, last) : UnreadEstimator.Instance;
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _features.CheckInput(_name, kind);
        _last.CheckInput(_features.Produces(kind));
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var features = _features.Run(x, scratch, results);
        if (wanted.HasFlag(Methods.Predict))
        {
            AddLabels(features, scratch, results);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            var first = scratch.Dense(x.Rows, _labels.Classes.Length);
            Inner.CopyEach(_last, Methods.PredictProba, features, ..1, first, 0, scratch, results);
            results.Add(Output(Methods.PredictProba), first);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            _last.Run(Methods.DecisionFunction, features, scratch, results);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[^1], features);
        }
    }

    private void AddLabels(Block features, Scratch scratch, Results results)
    {
        var given = Inner.Codes(_last, features, scratch, results);
        var width = _places.Length;
        var codes = scratch.IntegerArray(features.Rows * width);
        for (var i = 0; i < features.Rows * width; i++)
        {
            codes[i] = _places[i % width][given[i]];
        }

        _labels.AddLabels(codes, features.Rows, results);
    }

    // From a code of the final estimator to one of all labels, for each label of a row. Indicators are their own codes.
    private static int[][] ReadPlaces(EstimatorNode node, Estimator last, LabelOutputs labels)
    {
        var output = last.Outputs.FirstOrDefault(output => output.Method == Methods.Predict);
        var given = output?.Kind switch
        {
            OutputKind.Label => output.Labels!.Values,
            OutputKind.Int64 => new object[] { 0L, 1L },
            _ => null,
        };
        return given is not null && output!.Columns == labels.Classes.Length
            ? [.. labels.Classes.Select((classes, k) => given.Select(value => value is long place && place >= 0 && place < classes.Count ? labels.Code(k, (int)place) : 0).ToArray())]
            : throw node.Error($"'final_estimator_' does not predict {labels.Classes.Length} labels a row");
    }
}
