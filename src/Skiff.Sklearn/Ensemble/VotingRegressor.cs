using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>VotingRegressor</c>: the mean of what its estimators predict.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_voting.py</c>; the same since 0.22.</remarks>
internal sealed class VotingRegressor : MetaEstimator
{
    private readonly Estimator[] _members;
    private readonly double[]? _weights;
    private readonly ModelOutput[] _outputs;

    private VotingRegressor(EstimatorNode node, Estimator[] members)
        : base(node, members)
    {
        _members = members;
        _weights = VotingWeights.Read(node, members.Length);
        for (var i = 0; i < members.Length && Members.AreRead(members); i++)
        {
            if (Members.Output(node, members, i, Methods.Predict) is not { Kind: OutputKind.Float64, Columns: 0 })
            {
                throw node.Error($"'estimators_[{i}]' does not predict one number a row");
            }
        }

        _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, 0), new(Methods.Transform, "transform", OutputKind.Float64, members.Length)];
    }

    public override Methods Methods => Methods.Predict | Methods.Transform;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node) => new VotingRegressor(node, Members.Read(node));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var each = scratch.Dense(x.Rows, _members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            var numbers = Inner.Numbers(_members[i], Methods.Predict, x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                each.Row(row)[i] = numbers.Row(row)[0];
            }
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], Mean(each, scratch));
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[1], each);
        }
    }

    private DenseBlock Mean(DenseBlock each, Scratch scratch)
    {
        var mean = scratch.Dense(each.Rows, 1);
        var divisor = VotingWeights.Sum(_weights, _members.Length);
        for (var row = 0; row < each.Rows; row++)
        {
            var sum = 0.0;
            for (var i = 0; i < _members.Length; i++)
            {
                sum += _weights is null ? each.Row(row)[i] : each.Row(row)[i] * _weights[i];
            }

            mean.Row(row)[0] = sum / divisor;
        }

        return mean;
    }
}
