using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>BaggingRegressor</c>: the mean of what its members predict.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_bagging.py</c>; the same since 0.22.</remarks>
internal sealed class BaggingRegressor : Estimator
{
    private readonly BaggingMembers _members;
    private readonly ModelOutput[] _outputs;

    private BaggingRegressor(EstimatorNode node)
    {
        _members = BaggingMembers.Read(node);
        _outputs = [new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, Columns(node, _members))];
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _members.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new BaggingRegressor(node);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _members.CheckInput(kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        var y = scratch.Dense(x.Rows, Math.Max(_outputs[0].Columns, 1));
        y.Values.Clear();
        _members.ForEach(x, scratch, results, y, static (in DenseBlock sums, int index, Estimator member, Block part, Scratch inner, Results answers) =>
        {
            var numbers = Inner.Numbers(member, Methods.Predict, part, inner, answers);
            for (var row = 0; row < part.Rows; row++)
            {
                var to = sums.Row(row);
                for (var k = 0; k < to.Length; k++)
                {
                    to[k] += numbers.Row(row)[k];
                }
            }
        });
        foreach (ref var value in y.Values)
        {
            value /= _members.Estimators.Length;
        }

        results.Add(_outputs[0], y);
    }

    private static int Columns(EstimatorNode node, BaggingMembers members)
    {
        if (!members.AreRead)
        {
            return 0;
        }

        var first = Members.Output(node, members.Estimators, 0, Methods.Predict);
        for (var i = 0; i < members.Estimators.Length; i++)
        {
            if (Members.Output(node, members.Estimators, i, Methods.Predict) is not { Kind: OutputKind.Float64 } output || output.Columns != first.Columns)
            {
                throw node.Error($"'estimators_[{i}]' does not predict numbers as 'estimators_[0]' does");
            }
        }

        return first.Columns;
    }
}
