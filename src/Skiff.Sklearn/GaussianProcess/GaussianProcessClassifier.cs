using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>GaussianProcessClassifier</c>: one binary classifier, or one a class or a pair of classes. Pairs answer without probabilities.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/gaussian_process/_gpc.py</c>; the same since 0.22.</remarks>
internal sealed class GaussianProcessClassifier : Estimator
{
    private readonly Estimator _inner;
    private readonly ModelOutput[] _outputs;

    private GaussianProcessClassifier(EstimatorNode node, Estimator inner)
    {
        _inner = inner;
        Methods = inner.Methods & (Methods.Predict | Methods.PredictProba);
        _outputs = [.. inner.Outputs.Where(output => Methods.HasFlag(output.Method))];
        FeatureNames = node.FeatureNames;
        if (node.FeatureCount >= 0 && inner.FeatureCount >= 0 && node.FeatureCount != inner.FeatureCount)
        {
            throw node.Error($"'base_estimator_' takes {inner.FeatureCount} columns, 'n_features_in_' is {node.FeatureCount}");
        }
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes => _inner.Classes;

    public override BlockKind? Input => _inner.Input;

    public override int FeatureCount => _inner.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var inner = node.Child("base_estimator_");
        return inner switch
        {
            UnreadEstimator => inner,
            LaplaceClassifier or OneVsRestClassifier or OneVsOneClassifier => new GaussianProcessClassifier(node, inner),
            _ => throw node.Unexpected("base_estimator_", "a binary Gaussian process, or several, one a class or a pair of classes"),
        };
    }

    public override void CheckInput(BlockKind kind) => _inner.CheckInput(kind);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results) => _inner.Run(wanted & Methods, x, scratch, results);
}
