using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>MLPClassifier</c>: one label a row, or a flag a label.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neural_network/_multilayer_perceptron.py</c>, <c>MLPClassifier</c>, and <c>inverse_transform</c> of the label
/// binarizer that was fitted with it; the same since 0.22.
/// </remarks>
internal sealed class MlpClassifier : Estimator
{
    private readonly LayerStack _layers;
    private readonly ModelOutput[] _outputs;
    private readonly bool _hasFlags;

    private MlpClassifier(EstimatorNode node, LayerStack layers, LabelSet classes, bool hasFlags)
    {
        _layers = layers;
        _hasFlags = hasFlags;
        var columns = layers.Outputs == 1 ? 2 : layers.Outputs;
        Classes = hasFlags ? null : classes;
        _outputs =
        [
            hasFlags
                ? new(Methods.Predict, "predict", OutputKind.Int64, layers.Outputs)
                : new(Methods.Predict, "predict", OutputKind.Label, 0, classes),
            new(Methods.PredictProba, "predict_proba", OutputKind.Float64, columns),
            new(Methods.PredictLogProba, "predict_log_proba", OutputKind.Float64, columns),
        ];
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict | Methods.PredictProba | Methods.PredictLogProba;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes { get; }

    public override int FeatureCount => _layers.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        if (node.Required("_label_binarizer") is not PyInstance instance)
        {
            throw node.Unexpected("_label_binarizer", "a LabelBinarizer");
        }

        var binarizer = new EstimatorNode(node.Context, instance, "LabelBinarizer", node.Join("_label_binarizer"));
        var layers = LayerStack.Read(node);
        var classes = binarizer.Labels("classes_");
        var type = binarizer.Text("y_type_");
        var expected = type == "binary" ? 1 : classes.Count;
        if (type is not ("binary" or "multiclass" or "multilabel-indicator"))
        {
            throw binarizer.Error($"'y_type_' is '{type}'; binary, multiclass and multilabel-indicator are known");
        }

        return layers.Outputs == expected && classes.Count > 0 && (type != "binary" || classes.Count <= 2)
            ? new MlpClassifier(node, layers, classes, type == "multilabel-indicator")
            : throw node.Error($"the last layer has {layers.Outputs} outputs; {expected} are expected for {classes.Count} labels ({type})");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, "MLPClassifier");
        var y = _layers.Run(x, scratch);
        if (wanted.HasFlag(Methods.Predict))
        {
            AddLabels(y, scratch, results);
        }

        if ((wanted & (Methods.PredictProba | Methods.PredictLogProba)) == 0)
        {
            return;
        }

        var probabilities = y.Columns == 1 ? BothOf(y, scratch) : y;
        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(_outputs[1], probabilities);
        }

        if (wanted.HasFlag(Methods.PredictLogProba))
        {
            results.Add(_outputs[2], Kernels.Log(probabilities, scratch));
        }
    }

    private static DenseBlock BothOf(DenseBlock y, Scratch scratch)
    {
        var both = scratch.Dense(y.Rows, 2);
        both.IsSingle = y.IsSingle;
        for (var row = 0; row < y.Rows; row++)
        {
            both.Row(row)[0] = 1 - y.Row(row)[0];
            both.Row(row)[1] = y.Row(row)[0];
        }

        return both;
    }

    private void AddLabels(DenseBlock y, Scratch scratch, Results results)
    {
        var columns = _hasFlags ? y.Columns : 1;
        var codes = scratch.IntegerArray(y.Rows * columns);
        for (var row = 0; row < y.Rows; row++)
        {
            var values = y.Row(row);
            if (_hasFlags)
            {
                for (var k = 0; k < columns; k++)
                {
                    codes[(row * columns) + k] = values[k] > 0.5 ? 1 : 0;
                }
            }
            else
            {
                codes[row] = values.Length > 1 ? Kernels.ArgMax(values) : values[0] > 0.5 ? Classes!.Count - 1 : 0;
            }
        }

        results.Add(_outputs[0], codes, y.Rows, columns);
    }
}
