using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>MultiOutputClassifier</c>: a classifier an output.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/multioutput.py</c>; the same since 0.22.</remarks>
internal sealed class MultiOutputClassifier : MetaEstimator
{
    private readonly Estimator[] _members;
    private readonly LabelOutputs _outputs;

    private MultiOutputClassifier(EstimatorNode node, Estimator[] members)
        : base(node, members)
    {
        _members = members;
        var hasProbabilities = members.All(member => member.Methods.HasFlag(Methods.PredictProba));
        LabelSet[] classes = [.. members.Select((member, i) => member.Classes ?? throw node.Error($"'estimators_[{i}]' is no classifier with one output"))];
        _outputs = new LabelOutputs(node, classes, false, hasProbabilities ? [Methods.PredictProba] : []);
        for (var i = 0; i < members.Length && hasProbabilities; i++)
        {
            if (Members.Output(node, members, i, Methods.PredictProba).Columns != classes[i].Count)
            {
                throw node.Error($"'estimators_[{i}]' does not answer predict_proba with a column a class");
            }
        }

        Methods = Methods.Predict | (hasProbabilities ? Methods.PredictProba : Methods.None);
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs.Outputs;

    public static Estimator Read(EstimatorNode node)
    {
        var members = Members.Read(node);
        return Members.AreRead(members) ? new MultiOutputClassifier(node, members) : UnreadEstimator.Instance;
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            var codes = scratch.IntegerArray(x.Rows * _members.Length);
            for (var k = 0; k < _members.Length; k++)
            {
                var each = Inner.Codes(_members[k], x, scratch, results);
                for (var row = 0; row < x.Rows; row++)
                {
                    codes[(row * _members.Length) + k] = _outputs.Code(k, each[row]);
                }
            }

            _outputs.AddLabels(codes, x.Rows, results);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            for (var k = 0; k < _members.Length; k++)
            {
                _outputs.Add(Methods.PredictProba, k, Inner.Numbers(_members[k], Methods.PredictProba, x, scratch, results), results);
            }
        }
    }
}
