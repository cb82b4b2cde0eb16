using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>KNeighborsClassifier</c>.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_classification.py</c>; the same since 0.22, but for weights that are all zero (of rows infinitely far
/// away), which were let through until 1.2.
/// </remarks>
internal sealed class KNeighborsClassifier : NeighborClassifier
{
    private readonly bool _refusesZeros;

    private KNeighborsClassifier(EstimatorNode node)
        : base(node, hasRadius: false)
    {
        _refusesZeros = node.Version >= new SklearnVersion(1, 4);
    }

    public static Estimator Read(EstimatorNode node) => new KNeighborsClassifier(node);

    protected override int Decide(int row, int output, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> votes, Span<double> work)
    {
        var best = IsWeighted ? WeightedMode(output, neighbors, weights, votes.Length, work) : Kernels.ArgMax(votes);
        var sum = NumpySum.Of(votes);
        if (sum == 0 && _refusesZeros)
        {
            throw new InputException(InputErrorKind.Value, $"row {row}: every neighbor is infinitely far away, so that none has a weight", row);
        }

        foreach (ref var vote in votes)
        {
            vote /= sum == 0 ? 1 : sum;
        }

        return best;
    }

    // As weighted_mode of sklearn/utils/extmath.py: the weights of each label summed as an array with zeros for the others.
    private int WeightedMode(int output, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, int labels, Span<double> work)
    {
        var best = 0;
        var highest = 0.0;
        var terms = work[..neighbors.Length];
        for (var label = 0; label < labels; label++)
        {
            for (var i = 0; i < terms.Length; i++)
            {
                terms[i] = Votes[output][neighbors[i]] == label ? weights[i] : 0;
            }

            var sum = NumpySum.Of(terms);
            if (sum > highest)
            {
                (best, highest) = (label, sum);
            }
        }

        return best;
    }
}
