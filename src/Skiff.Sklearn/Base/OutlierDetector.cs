using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the detectors share whose score is a distance to a boundary: 1 at or above zero, -1 below it.</summary>
/// <remarks>scikit-learn 1.9, <c>OneClassSVM</c> and <c>SGDOneClassSVM</c>: <c>score_samples</c> is <c>decision_function + offset_</c>.</remarks>
internal abstract class OutlierDetector : Estimator
{
    private readonly ModelOutput[] _outputs =
    [
        new(Methods.Predict, "predict", OutputKind.Int64, 0),
        new(Methods.DecisionFunction, "decision_function", OutputKind.Float64, 0),
        new(Methods.ScoreSamples, "score_samples", OutputKind.Float64, 0),
    ];

    protected OutlierDetector(EstimatorNode node, int features)
    {
        Name = node.ClassName;
        FeatureCount = features;
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict | Methods.DecisionFunction | Methods.ScoreSamples;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>The estimator's name, for messages.</summary>
    protected string Name { get; }

    /// <summary>What <c>score_samples</c> lies above <c>decision_function</c>.</summary>
    protected abstract double Offset { get; }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, Name);
        var decisions = Decide(x, scratch);
        if (wanted.HasFlag(Methods.Predict))
        {
            var codes = scratch.IntegerArray(x.Rows);
            for (var row = 0; row < x.Rows; row++)
            {
                codes[row] = IsInlier(decisions.Row(row)[0]) ? 1 : -1;
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(_outputs[1], decisions);
        }

        if (wanted.HasFlag(Methods.ScoreSamples))
        {
            var scores = scratch.Dense(x.Rows, 1);
            for (var row = 0; row < x.Rows; row++)
            {
                scores.Row(row)[0] = decisions.Row(row)[0] + Offset;
            }

            results.Add(_outputs[2], scores);
        }
    }

    /// <summary>The distance of every row to the boundary, in one column.</summary>
    protected abstract DenseBlock Decide(Block x, Scratch scratch);

    /// <summary>Whether a distance belongs to an inlier.</summary>
    protected virtual bool IsInlier(double decision) => decision >= 0;
}
