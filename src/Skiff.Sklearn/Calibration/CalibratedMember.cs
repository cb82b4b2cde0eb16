using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>One fitted classifier with its calibrators.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/calibration.py</c>, <c>_CalibratedClassifier</c>: the classifier was <c>base_estimator</c> until 1.1, the
/// calibrators and classes ended in an underscore until 0.23. Temperatures, since 1.8, take probabilities by their logarithms and decisions as they are.
/// </remarks>
internal sealed class CalibratedMember
{
    private const double LeastProbability = 1e-12;

    private readonly Methods _method;
    private readonly Calibrator[] _calibrators = [];
    private readonly double? _temperature;
    private readonly int[] _places = [];
    private readonly int _firstColumn;
    private readonly int _classes;

    private CalibratedMember(EstimatorNode node, Estimator estimator, LabelSet labels)
    {
        var classes = labels.Count;
        Estimator = estimator;
        _classes = classes;
        _method = estimator.Methods.HasFlag(Methods.DecisionFunction) ? Methods.DecisionFunction : Methods.PredictProba;
        var output = Members.Output(node, [estimator], 0, _method);
        var columns = Math.Max(output.Columns, 1);
        if (_method == Methods.PredictProba && (classes == 2 || (columns == 2 && node.Version >= new SklearnVersion(1, 4))))
        {
            _firstColumn = 1;
        }

        var scores = columns - _firstColumn;
        var calibrators = node.List(node.Has("calibrators") ? "calibrators" : "calibrators_");
        if (node.Text("method", "sigmoid") == "temperature")
        {
            _temperature = ReadTemperature(node, calibrators);
            if (scores != (classes == 2 ? 1 : classes))
            {
                throw node.Error($"the estimator has {scores} scores for {classes} classes");
            }

            return;
        }

        _calibrators = [.. calibrators.Select((item, i) => Calibrator.Read(node, item, $"calibrators[{i}]"))];
        _places = LabelMap.ByLabel(node, estimator, 0, labels);
        if (classes == 2)
        {
            // There is one score, of the second class.
            _places = [1];
        }

        if (Array.Exists(_places, place => place < 0))
        {
            throw node.Error("the estimator has a class that the calibrated classifier does not have");
        }

        if (scores < 1 || _calibrators.Length < Math.Min(scores, _places.Length))
        {
            throw node.Error($"there are {_calibrators.Length} calibrators for {scores} scores");
        }

        Count = Math.Min(Math.Min(scores, _places.Length), _calibrators.Length);
    }

    /// <summary>The classifier.</summary>
    public Estimator Estimator { get; }

    private int Count { get; }

    /// <summary>Reads one of <c>calibrated_classifiers_</c>; null where its classifier was not read, which is noted.</summary>
    public static CalibratedMember? Read(EstimatorNode parent, object? value, int index, LabelSet classes)
    {
        if (value is not PyInstance instance)
        {
            throw parent.UnexpectedItem("calibrated_classifiers_", index, value, "a calibrated classifier");
        }

        var node = new EstimatorNode(parent.Context, instance, "_CalibratedClassifier", parent.Join($"calibrated_classifiers_[{index}]"));
        var estimator = node.Child(node.Has("estimator") ? "estimator" : "base_estimator");
        return ReferenceEquals(estimator, UnreadEstimator.Instance) ? null : new CalibratedMember(node, estimator, classes);
    }

    /// <summary>Adds the probabilities of every row.</summary>
    public void AddTo(DenseBlock sums, Block x, Scratch scratch, Results results)
    {
        var scores = Inner.Numbers(Estimator, _method, x, scratch, results);
        var probabilities = scratch.Dense(1, _classes).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            if (_temperature is { } temperature)
            {
                Soften(scores.Row(row)[_firstColumn..], temperature, probabilities);
            }
            else
            {
                Calibrate(scores.Row(row)[_firstColumn..], probabilities);
            }

            var to = sums.Row(row);
            for (var k = 0; k < to.Length; k++)
            {
                to[k] += probabilities[k] is > 1 and <= 1 + 1e-5 ? 1 : probabilities[k];
            }
        }
    }

    private static double ReadTemperature(EstimatorNode node, IReadOnlyList<object?> calibrators) =>
        calibrators is [PyInstance { Type.Name: "_TemperatureScaling" } instance]
            ? new EstimatorNode(node.Context, instance, instance.Type.Name, node.Join("calibrators[0]")).Number("beta_")
            : throw node.Error("'calibrators' does not hold one _TemperatureScaling");

    private void Calibrate(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        probabilities.Clear();
        for (var i = 0; i < Count; i++)
        {
            probabilities[_places[i]] = _calibrators[i].Apply(scores[i]);
        }

        if (probabilities.Length == 2)
        {
            probabilities[0] = 1 - probabilities[1];
            return;
        }

        var sum = NumpySum.Of(probabilities);
        foreach (ref var probability in probabilities)
        {
            probability = sum == 0 ? 1.0 / probabilities.Length : probability / sum;
        }
    }

    private void Soften(ReadOnlySpan<double> scores, double temperature, Span<double> probabilities)
    {
        if (scores.Length == 1)
        {
            probabilities[0] = _method == Methods.PredictProba ? 1 - scores[0] : -scores[0];
            probabilities[1] = scores[0];
        }
        else
        {
            scores.CopyTo(probabilities);
        }

        foreach (ref var value in probabilities)
        {
            value = temperature * (_method == Methods.PredictProba ? Math.Log(value + LeastProbability) : value);
        }

        Kernels.Softmax(probabilities);
    }
}
