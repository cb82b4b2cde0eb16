using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>RadiusNeighborsClassifier</c>: rows without neighbors have the label of outliers, or are refused where there is none.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_classification.py</c>; the same since 0.22. Since 1.4 the probabilities of outliers go by another way
/// for brute force with uniform weights and a metric other than the euclidean: there it is <c>outlier_label</c> as it was given that is looked for
/// among the labels, and since 1.9 among their numbers.
/// </remarks>
internal sealed class RadiusNeighborsClassifier : NeighborClassifier
{
    private readonly object?[]? _outlierLabels;
    private readonly int[] _answers;
    private readonly int[] _columns;

    private RadiusNeighborsClassifier(EstimatorNode node)
        : base(node, hasRadius: true)
    {
        _outlierLabels = ReadOutlierLabels(node, Labels.Length);
        _answers = new int[Labels.Length];
        _columns = new int[Labels.Length];
        for (var k = 0; k < Labels.Length && _outlierLabels is not null; k++)
        {
            var place = Find(Labels[k], _outlierLabels[k]);
            _answers[k] = place < 0 ? Labels[k].Count : place;
            _columns[k] = ComparesGiven(node) ? FindGiven(node, Labels[k]) : place;
        }
    }

    public static Estimator Read(EstimatorNode node) => new RadiusNeighborsClassifier(node);

    protected override LabelSet[] LabelsToAnswer(EstimatorNode node, LabelSet[] classes)
    {
        var outliers = ReadOutlierLabels(node, classes.Length);
        return outliers is null ? classes : [.. classes.Select((labels, k) => Find(labels, outliers[k]) >= 0 ? labels : With(node, labels, outliers[k]))];
    }

    protected override int Decide(int row, int output, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> votes, Span<double> work)
    {
        if (neighbors.IsEmpty)
        {
            if (_outlierLabels is null)
            {
                throw new InputException(InputErrorKind.Value, $"row {row}: no neighbors within the radius, and the model has no label for outliers", row);
            }

            if (_columns[output] >= 0)
            {
                votes[_columns[output]] = 1;
            }
        }

        var sum = NumpySum.Of(votes);
        foreach (ref var vote in votes)
        {
            vote /= sum == 0 ? 1 : sum;
        }

        return votes.ContainsAnyExcept(0.0) || _outlierLabels is null ? Kernels.ArgMax(votes) : _answers[output];
    }

    private bool ComparesGiven(EstimatorNode node) =>
        node.Version >= new SklearnVersion(1, 4) && IsFlat && !IsWeighted && node.Optional("weights") is "uniform" && node.Text("_fit_method") == "brute"
        && node.Optional("_fit_X") is NdArray { Type.Kind: DTypeKind.Float64 }
        && MetricReader.Name(node) is not ("euclidean" or "sqeuclidean" or "precomputed" or "cosine" or "mahalanobis" or "hamming") && FlagMetric.Find(MetricReader.Name(node)) is null;

    private static object?[]? ReadOutlierLabels(EstimatorNode node, int outputs)
    {
        if (node.Optional("outlier_label_") is not { } value)
        {
            return null;
        }

        return EstimatorNode.Items(value) is { } items && items.Count == outputs
            ? [.. items.Select(item => item is NdArray { Size: 1, Rank: 0 } array ? array.Data.GetValue(0) : item)]
            : throw node.Unexpected("outlier_label_", $"{outputs} labels");
    }

    private static int FindGiven(EstimatorNode node, LabelSet labels)
    {
        var given = node.Optional("outlier_label");
        var label = EstimatorNode.Items(given) is { Count: 1 } items ? items[0] : given;
        var numbers = LabelSet.Of(Enumerable.Range(0, labels.Count).Select(number => (long)number));
        return Find(node.Version < new SklearnVersion(1, 9) ? labels : numbers, label);
    }

    private static int Find(LabelSet labels, object? label)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            var isSame = labels.Values[i] is string text
                ? label is string other && other == text
                : label is not string && EstimatorNode.AsNumber(labels.Values[i]) is { } number && number == EstimatorNode.AsNumber(label);
            if (isSame)
            {
                return i;
            }
        }

        return -1;
    }

    private static LabelSet With(EstimatorNode node, LabelSet labels, object? label)
    {
        var joined = labels.Kind switch
        {
            LabelKind.Float64 when EstimatorNode.AsNumber(label) is { } number => LabelSet.Of([.. labels.Values.Cast<double>(), number]),
            _ => LabelReader.Read(new PyTuple([.. labels.Values, label])),
        };
        return joined?.Kind == labels.Kind ? joined : throw node.Error($"'outlier_label_' holds {Describe.Value(label)}, which is of another type than 'classes_'");
    }
}
