using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LogisticRegression</c> and <c>LogisticRegressionCV</c>.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/linear_model/_logistic.py</c>, <c>predict_proba</c>. Until 1.7 <c>multi_class</c> decides between one logistic
/// function a class and a softmax; with <c>auto</c> (and <c>deprecated</c>, from 1.5 on) the solver does. From 1.8 on two classes use the
/// logistic function and more a softmax.
/// </remarks>
internal sealed class LogisticRegression : LinearClassifier
{
    private readonly bool _oneVersusRest;

    private LogisticRegression(EstimatorNode node, LinearFunction scores, LabelSet classes)
        : base(node, scores, classes, Methods.PredictProba | Methods.PredictLogProba)
    {
        _oneVersusRest = IsOneVersusRest(node, classes.Count);
    }

    public static new Estimator Read(EstimatorNode node) => new LogisticRegression(node, LinearFunction.Read(node), node.Labels("classes_"));

    protected override void Probabilities(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        if (_oneVersusRest)
        {
            Logistic(scores, probabilities);
            return;
        }

        if (scores.Length == 1)
        {
            probabilities[0] = -scores[0];
            probabilities[^1] = scores[0];
        }
        else
        {
            scores.CopyTo(probabilities);
        }

        Kernels.Softmax(probabilities);
    }

    private static bool IsOneVersusRest(EstimatorNode node, int classes)
    {
        switch (node.OptionalText("multi_class"))
        {
            case null:
                return classes <= 2;
            case "ovr" or "warn":
                return true;
            case "multinomial":
                return false;
            case "auto" or "deprecated":
                // newton-cholesky learnt the multinomial loss in 1.6.
                return classes <= 2 || node.Text("solver") switch
                {
                    "liblinear" => true,
                    "newton-cholesky" => node.Version < new SklearnVersion(1, 6),
                    _ => false,
                };
            case var other:
                throw node.Error($"'multi_class' is '{other}'; auto, ovr, multinomial and deprecated are known");
        }
    }
}
