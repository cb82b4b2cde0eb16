using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>OutputCodeClassifier</c>: the class whose code is nearest to what the binary estimators say.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/multiclass.py</c>, <c>OutputCodeClassifier.predict</c>; the same since 0.22. Of codes that are as near the first is taken.</remarks>
internal sealed class OutputCodeClassifier : MetaClassifier
{
    private readonly BinaryScore[] _members;
    private readonly CenterTable _codes;

    private OutputCodeClassifier(EstimatorNode node, Estimator[] members, LabelSet classes)
        : base(node, members, classes, Methods.Predict)
    {
        _members = [.. members.Select((_, i) => new BinaryScore(node, members, i))];
        _codes = new CenterTable(node.Matrix("code_book_", classes.Count, members.Length), node.Version);
    }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        var members = BinaryScore.ReadMembers(node);
        return Members.AreRead(members) ? new OutputCodeClassifier(node, members, classes) : UnreadEstimator.Instance;
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        var said = scratch.Dense(x.Rows, _members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i].Fill(x, said, i, scratch, results);
        }

        var codes = scratch.IntegerArray(x.Rows);
        _codes.Fill(said, codes, scratch);
        results.Add(Output(Methods.Predict), codes, x.Rows);
    }
}
