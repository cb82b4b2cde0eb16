using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>AdaBoostRegressor</c>: the weighted median of what its regressors say.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_weight_boosting.py</c>, <c>_get_median_predict</c>; the same since 0.22.</remarks>
internal sealed class AdaBoostRegressor : Estimator
{
    private static readonly ModelOutput[] Signature = [new(Methods.Predict, "predict", OutputKind.Float64, 0)];

    private readonly Estimator[] _members;
    private readonly double[] _weights;
    private readonly string _name;

    private AdaBoostRegressor(EstimatorNode node)
    {
        _members = Members.Read(node);
        _weights = node.Vector("estimator_weights_");
        if (_weights.Length < _members.Length)
        {
            throw node.Error($"'estimator_weights_' has {_weights.Length} values, 'estimators_' has {_members.Length}");
        }

        for (var i = 0; i < _members.Length && Members.AreRead(_members); i++)
        {
            if (Members.Output(node, _members, i, Methods.Predict) is not { Kind: OutputKind.Float64, Columns: 0 or 1 })
            {
                throw node.Error($"'estimators_[{i}]' does not predict one number a row");
            }
        }

        _name = node.ClassName;
        FeatureCount = Members.FeatureCount(node, _members);
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => Signature;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new AdaBoostRegressor(node);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Members.CheckInput(_members, kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        Kernels.RequireFinite(x, _name);
        var predictions = Predict(x, scratch, results);
        var order = scratch.Integers(_members.Length);
        var y = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            y.Values[row] = Median(predictions.Row(row), order);
        }

        results.Add(Signature[0], y);
    }

    // A row a row of the input, a column a member.
    private DenseBlock Predict(Block x, Scratch scratch, Results results)
    {
        var predictions = scratch.Dense(x.Rows, _members.Length);
        var inner = ScratchPool.Shared.Rent(scratch);
        try
        {
            for (var i = 0; i < _members.Length; i++)
            {
                var numbers = Inner.Numbers(_members[i], Methods.Predict, x, inner, results);
                for (var row = 0; row < x.Rows; row++)
                {
                    predictions.Row(row)[i] = numbers.Row(row)[0];
                }

                inner.Reset();
            }
        }
        finally
        {
            ScratchPool.Shared.Return(inner);
        }

        return predictions;
    }

    private double Median(Span<double> predictions, Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        predictions.Sort(order);
        KeepOrderOfEquals(predictions, order);
        var total = 0.0;
        foreach (var member in order)
        {
            total += _weights[member];
        }

        var sum = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            sum += _weights[order[i]];
            if (sum >= 0.5 * total)
            {
                return predictions[i];
            }
        }

        // Weights that are not numbers reach no half: the first, as argmax over nothing true gives.
        return predictions[0];
    }

    private static void KeepOrderOfEquals(ReadOnlySpan<double> sorted, Span<int> order)
    {
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
            {
                end++;
            }

            order[first..end].Sort();
            first = end;
        }
    }
}
