using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>MultiOutputRegressor</c>: a regressor a target.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/multioutput.py</c>; the same since 0.22.</remarks>
internal sealed class MultiOutputRegressor : MetaEstimator
{
    private readonly Estimator[] _members;
    private readonly ModelOutput[] _outputs;

    private MultiOutputRegressor(EstimatorNode node, Estimator[] members)
        : base(node, members)
    {
        _members = members;
        for (var i = 0; i < members.Length; i++)
        {
            if (Members.Output(node, members, i, Methods.Predict) is not { Kind: OutputKind.Float64, Columns: 0 })
            {
                throw node.Error($"'estimators_[{i}]' does not predict one number a row");
            }
        }

        _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, members.Length)];
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node)
    {
        var members = Members.Read(node);
        return Members.AreRead(members) ? new MultiOutputRegressor(node, members) : UnreadEstimator.Instance;
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        var y = scratch.Dense(x.Rows, _members.Length);
        for (var k = 0; k < _members.Length; k++)
        {
            var numbers = Inner.Numbers(_members[k], Methods.Predict, x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                y.Row(row)[k] = numbers.Row(row)[0];
            }
        }

        results.Add(_outputs[0], y);
    }
}
