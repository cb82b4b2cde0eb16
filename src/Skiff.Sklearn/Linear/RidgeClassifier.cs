using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>RidgeClassifier</c> and <c>RidgeClassifierCV</c>. Labels come from the label binarizer that was fitted with it.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/linear_model/_ridge.py</c>, <c>_RidgeClassifierMixin</c>; several labels a row since 1.0.</remarks>
internal sealed class RidgeClassifier : LinearClassifier
{
    private RidgeClassifier(EstimatorNode node, LabelSet classes)
        : base(node, LinearFunction.Read(node), classes)
    {
    }

    public static new Estimator Read(EstimatorNode node)
    {
        if (node.Required("_label_binarizer") is not PyInstance instance)
        {
            throw node.Unexpected("_label_binarizer", "a LabelBinarizer");
        }

        var binarizer = new EstimatorNode(node.Context, instance, "LabelBinarizer", node.Join("_label_binarizer"));
        var isMultilabel = binarizer.Text("y_type_", "binary").StartsWith("multilabel", StringComparison.Ordinal);
        return isMultilabel && node.Version >= new SklearnVersion(1, 0)
            ? new MultilabelRidge(node, LinearFunction.Read(node))
            : new RidgeClassifier(node, binarizer.Labels("classes_"));
    }

    /// <summary>Several labels a row: 1 for each whose score is above zero.</summary>
    private sealed class MultilabelRidge(EstimatorNode node, LinearFunction scores) : Estimator
    {
        private readonly ModelOutput[] _outputs =
        [
            new(Methods.Predict, "predict", OutputKind.Int64, scores.Outputs),
            new(Methods.DecisionFunction, "decision_function", OutputKind.Float64, scores.Outputs == 1 ? 0 : scores.Outputs),
        ];

        public override Methods Methods => Methods.Predict | Methods.DecisionFunction;

        public override IReadOnlyList<ModelOutput> Outputs => _outputs;

        public override int FeatureCount => scores.Features;

        public override IReadOnlyList<string>? FeatureNames { get; } = node.FeatureNames;

        public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
        {
            Kernels.RequireFinite(x, "RidgeClassifier");
            var y = scores.Run(x, scratch);
            if (wanted.HasFlag(Methods.Predict))
            {
                var codes = scratch.IntegerArray(y.Rows * y.Columns);
                for (var row = 0; row < y.Rows; row++)
                {
                    for (var k = 0; k < y.Columns; k++)
                    {
                        codes[(row * y.Columns) + k] = y.Row(row)[k] > 0 ? 1 : 0;
                    }
                }

                results.Add(_outputs[0], codes, y.Rows, y.Columns);
            }

            if (wanted.HasFlag(Methods.DecisionFunction))
            {
                results.Add(_outputs[1], y);
            }
        }
    }
}
