using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>StackingClassifier</c> and <c>StackingRegressor</c>: a final estimator over what others say.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_stacking.py</c>; the same since 0.22. The final classifier was fitted on the places of the labels.
/// Classifiers of several labels a row are <see cref="MultilabelStacking"/>.
/// </remarks>
internal sealed class Stacking : MetaEstimator
{
    private readonly StackedFeatures? _features;
    private readonly Estimator _last;
    private readonly int[]? _places;
    private readonly ModelOutput[] _outputs;
    private readonly string _name;

    private Stacking(EstimatorNode node, Estimator[] members, LabelSet? classes)
        : base(node, members)
    {
        _name = node.ClassName;
        _last = node.Child("final_estimator_");
        Classes = classes;
        _features = Members.AreRead(members) ? StackedFeatures.Read(node, members, classes?.Count ?? 0) : null;
        if (_last is not UnreadEstimator)
        {
            _features?.RequireWidth(node, FeatureCount, _last);
            _places = classes is null ? null : LabelMap.ByPlace(node, _last, 0, classes.Count);
        }

        const Methods Kept = Methods.Predict | Methods.PredictProba | Methods.DecisionFunction;
        _outputs =
        [
            .. _last.Outputs
                .Where(output => Kept.HasFlag(output.Method))
                .Select(output => classes is not null && output.Method == Methods.Predict ? output with { Labels = classes } : output),
            new(Methods.Transform, "transform", OutputKind.Float64, _features?.Width(FeatureCount) ?? -1),
        ];
        Methods = _outputs.Aggregate(Methods.None, (all, output) => all | output.Method);
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes { get; }

    public static Estimator ReadClassifier(EstimatorNode node) =>
        node.Optional("classes_") is PyList ? MultilabelStacking.Read(node) : new Stacking(node, Members.Read(node), node.Labels("classes_"));

    public static Estimator ReadRegressor(EstimatorNode node) => new Stacking(node, Members.Read(node), null);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (_features is not null)
        {
            _features.CheckInput(_name, kind);
            _last.CheckInput(_features.Produces(kind));
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var features = _features!.Run(x, scratch, results);
        var first = results.Count;
        var asked = wanted & ~Methods.Transform;
        if (asked != Methods.None)
        {
            _last.Run(asked, features, scratch, results);
        }

        if (_places is not null && wanted.HasFlag(Methods.Predict))
        {
            Name(results, first, x.Rows);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[^1], features);
        }
    }

    // The final estimator's codes are those of its own classes, which are places among these.
    private void Name(Results results, int first, int rows)
    {
        for (var i = first; i < results.Count; i++)
        {
            if (results[i].Output.Method == Methods.Predict)
            {
                var codes = results[i].Codes!;
                for (var row = 0; row < rows; row++)
                {
                    codes[row] = _places![codes[row]];
                }

                results.Relabel(i, Output(Methods.Predict));
            }
        }
    }
}
