using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>XGBClassifier</c> and <c>XGBRFClassifier</c>.</summary>
/// <remarks>
/// xgboost 3.3, <c>python-package/xgboost/sklearn.py</c>, <c>XGBClassifier.predict</c> and <c>predict_proba</c>. Until 1.5 the labels are those of its
/// own label encoder, unless it was told not to use one; later the numbers from 0 on. With several labels a row it answers a number a label, and since
/// 1.6 so it does with the probabilities of two labels (<c>multi:softprob</c>). Until 1.3 it takes the labels of <c>multi:softmax</c> for probabilities.
/// </remarks>
internal sealed class XgbClassifier : Estimator
{
    private static readonly BoosterVersion AsksForMargins = new(1, 4);
    private static readonly BoosterVersion LabelsEach = new(1, 6);

    private readonly Booster _booster;
    private readonly bool _isHighest;
    private readonly LabelSet? _labels;
    private readonly ModelOutput[] _outputs;

    private XgbClassifier(EstimatorNode node)
    {
        _booster = BoosterReader.ReadInside(node);
        _isHighest = _booster.Objective.Link == BoosterLink.Highest && _booster.Version >= AsksForMargins;
        var outputs = _booster.Objective.Link == BoosterLink.Highest && !_isHighest ? 1 : _booster.Outputs;
        var isOneOf = _booster.Objective.Link == BoosterLink.Softmax || _isHighest;
        var isEach = !_isHighest && _booster.Version >= LabelsEach && node.Has("n_classes_") && node.CheckedInteger("n_classes_", 0, int.MaxValue) == 2;
        _labels = (isOneOf && !isEach) || outputs == 1 ? ReadLabels(node, isOneOf ? outputs : 2) : null;
        _outputs =
        [
            _labels is null
                ? new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, outputs)
                : new ModelOutput(Methods.Predict, "predict", OutputKind.Label, 0, _labels),
            new ModelOutput(Methods.PredictProba, "predict_proba", OutputKind.Float64, isOneOf ? outputs : Math.Max(outputs, 2)),
        ];
    }

    public override Methods Methods => Methods.Predict | Methods.PredictProba;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes => _labels;

    public override int FeatureCount => _booster.Features;

    public override IReadOnlyList<string>? FeatureNames => _booster.FeatureNames;

    public override BlockKind? Input => _booster.Input;

    public override ColumnNeed Need(int column) => _booster.Need(column);

    public static Estimator Read(EstimatorNode node) => new XgbClassifier(node);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var answers = _booster.Margins(x, scratch);
        if (!_isHighest)
        {
            answers = _booster.Objective.Answer(answers, scratch);
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            AddLabels(answers, scratch, results);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            // The margins of multi:softmax become probabilities here, not in its objective.
            results.Add(_outputs[1], _isHighest ? Softmax(answers) : answers.Columns == 1 && _outputs[1].Columns == 2 ? WithFirst(answers, scratch) : answers);
        }
    }

    private static LabelSet ReadLabels(EstimatorNode node, int count)
    {
        if (node.Optional("_le") is not PyInstance encoder)
        {
            return LabelSet.Of(Enumerable.Range(0, count).Select(label => (long)label));
        }

        var labels = new EstimatorNode(node.Context, encoder, "LabelEncoder", node.Join("_le")).Labels("classes_");
        return labels.Count == count || (count == 2 && labels.Count == 1)
            ? labels
            : throw node.Error($"'_le' has {labels.Count} labels, the booster {count}");
    }

    private static DenseBlock Softmax(DenseBlock margins)
    {
        for (var row = 0; row < margins.Rows; row++)
        {
            BoosterObjective.Softmax(margins.Row(row));
        }

        margins.IsSingle = true;
        return margins;
    }

    private void AddLabels(DenseBlock answers, Scratch scratch, Results results)
    {
        if (_labels is null)
        {
            results.Add(_outputs[0], Each(answers, scratch));
            return;
        }

        var codes = scratch.IntegerArray(answers.Rows);
        for (var row = 0; row < answers.Rows; row++)
        {
            var values = answers.Row(row);
            codes[row] = values.Length > 1 ? Kernels.ArgMax(values) : values[0] > 0.5 ? 1 : 0;
            if (codes[row] >= _labels.Count)
            {
                throw new InputException(InputErrorKind.Value, $"row {row}: the model was trained on one label and answers with another", row);
            }
        }

        results.Add(_outputs[0], codes, answers.Rows);
    }

    private static DenseBlock Each(DenseBlock answers, Scratch scratch)
    {
        var labels = scratch.Dense(answers.Rows, answers.Columns);
        for (var row = 0; row < answers.Rows; row++)
        {
            var from = answers.Row(row);
            var to = labels.Row(row);
            for (var k = 0; k < from.Length; k++)
            {
                to[k] = from[k] > 0.5 ? 1 : 0;
            }
        }

        return labels;
    }

    // The probability of the first label, which is what is left, and that of the second.
    private static DenseBlock WithFirst(DenseBlock answers, Scratch scratch)
    {
        var both = scratch.Dense(answers.Rows, 2);
        both.IsSingle = true;
        for (var row = 0; row < answers.Rows; row++)
        {
            var second = answers.Row(row)[0];
            both.Row(row)[0] = (float)(1 - second);
            both.Row(row)[1] = second;
        }

        return both;
    }
}
