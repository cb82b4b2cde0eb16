using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>SGDClassifier</c>: probabilities depend on the loss.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/linear_model/_stochastic_gradient.py</c>; the loss <c>log_loss</c> was called <c>log</c> until 1.2.</remarks>
internal sealed class SgdClassifier : LinearClassifier
{
    private readonly bool _modifiedHuber;

    private SgdClassifier(EstimatorNode node, string loss)
        : base(node, LinearFunction.Read(node), node.Labels("classes_"), HasProbabilities(loss) ? Methods.PredictProba | Methods.PredictLogProba : Methods.None)
    {
        _modifiedHuber = loss == "modified_huber";
    }

    public static new Estimator Read(EstimatorNode node) => new SgdClassifier(node, node.Text("loss"));

    protected override void Probabilities(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        if (!_modifiedHuber)
        {
            Logistic(scores, probabilities);
            return;
        }

        if (scores.Length == 1)
        {
            var positive = (Math.Clamp(scores[0], -1, 1) + 1) / 2;
            probabilities[0] = 1 - positive;
            probabilities[^1] = positive;
            return;
        }

        for (var k = 0; k < scores.Length; k++)
        {
            probabilities[k] = (Math.Clamp(scores[k], -1, 1) + 1) / 2;
        }

        Kernels.NormalizeToOne(probabilities);
    }

    private static bool HasProbabilities(string loss) => loss is "log_loss" or "log" or "modified_huber";
}
