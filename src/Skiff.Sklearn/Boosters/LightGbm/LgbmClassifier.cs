using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LGBMClassifier</c>.</summary>
/// <remarks>
/// lightgbm 4.6, <c>python-package/lightgbm/sklearn.py</c>, <c>LGBMClassifier.predict</c> and <c>predict_proba</c>. Where a caller's function was the
/// objective, both answer with the sums since 3.0; before, the sums are taken for probabilities.
/// </remarks>
internal sealed class LgbmClassifier : Estimator
{
    private readonly LgbmBooster _booster;
    private readonly LabelSet? _labels;
    private readonly ModelOutput[] _outputs;

    private LgbmClassifier(EstimatorNode node)
    {
        _booster = LgbmReader.ReadInside(node);
        var outputs = _booster.Outputs;
        if (node.Optional("_objective") is not (null or string) && !_booster.IsBeforeThree)
        {
            var width = outputs == 1 ? 0 : outputs;
            _outputs = [new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, width), new ModelOutput(Methods.PredictProba, "predict_proba", OutputKind.Float64, width)];
            return;
        }

        _labels = node.Labels("_classes");
        var expected = Math.Max(outputs, 2);
        if (_labels.Count != expected && (outputs > 1 || _labels.Count > 2))
        {
            throw node.Error($"'_classes' has {_labels.Count} labels; the booster tells {expected} apart");
        }

        _outputs =
        [
            new ModelOutput(Methods.Predict, "predict", OutputKind.Label, 0, _labels),
            new ModelOutput(Methods.PredictProba, "predict_proba", OutputKind.Float64, expected),
        ];
    }

    public override Methods Methods => Methods.Predict | Methods.PredictProba;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes => _labels;

    public override int FeatureCount => _booster.Features;

    public override IReadOnlyList<string>? FeatureNames => _booster.FeatureNames;

    public override BlockKind? Input => _booster.Input;

    public override ColumnNeed Need(int column) => _booster.Need(column);

    public static Estimator Read(EstimatorNode node) => new LgbmClassifier(node);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var answers = _booster.Run(x, scratch);
        if (_labels is not null && answers.Columns == 1)
        {
            answers = WithFirst(answers, scratch);
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            AddLabels(answers, scratch, results);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(_outputs[1], answers);
        }
    }

    private void AddLabels(DenseBlock answers, Scratch scratch, Results results)
    {
        if (_labels is null)
        {
            results.Add(_outputs[0], answers);
            return;
        }

        var codes = scratch.IntegerArray(answers.Rows);
        for (var row = 0; row < answers.Rows; row++)
        {
            codes[row] = Kernels.ArgMax(answers.Row(row));
            if (codes[row] >= _labels.Count)
            {
                throw new InputException(InputErrorKind.Value, $"row {row}: the model was trained on one label and answers with another", row);
            }
        }

        results.Add(_outputs[0], codes, answers.Rows);
    }

    // The probability of the first label, which is what is left, and that of the second.
    private static DenseBlock WithFirst(DenseBlock answers, Scratch scratch)
    {
        var both = scratch.Dense(answers.Rows, 2);
        for (var row = 0; row < answers.Rows; row++)
        {
            var second = answers.Row(row)[0];
            both.Row(row)[0] = 1 - second;
            both.Row(row)[1] = second;
        }

        return both;
    }
}
