using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>OneVsOneClassifier</c>: a binary estimator a pair of classes, whose votes are counted.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/multiclass.py</c>; two classes are told apart at 0 until 1.0 whatever the scores are, since
/// then at one half where they are probabilities. Estimators over chosen rows of a kernel are refused.</remarks>
internal sealed class OneVsOneClassifier : MetaClassifier
{
    private readonly BinaryScore[] _members;
    private readonly double _threshold;

    private OneVsOneClassifier(EstimatorNode node, Estimator[] members, LabelSet classes)
        : base(node, members, classes, Methods.Predict | Methods.DecisionFunction, classes.Count == 2 ? 0 : classes.Count)
    {
        _members = [.. members.Select((_, i) => new BinaryScore(node, members, i))];
        _threshold = node.Version < new SklearnVersion(1, 1) ? 0 : _members[0].Threshold;
        for (var i = 0; i < members.Length; i++)
        {
            if (Members.Output(node, members, i, Methods.Predict) is not ({ Kind: OutputKind.Label, Columns: 0, Labels.Count: 2 } or { Kind: OutputKind.Float64, Columns: 0 }))
            {
                throw node.Error($"'estimators_[{i}]' does not predict one of two classes");
            }
        }
    }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        if (node.Optional("pairwise_indices_") is not null)
        {
            throw node.Error("its estimators were fitted on a precomputed kernel, which cannot be served");
        }

        var members = BinaryScore.ReadMembers(node);
        if (!Members.AreRead(members))
        {
            return UnreadEstimator.Instance;
        }

        return classes.Count >= 2 && members.Length == OneVersusOne.Pairs(Math.Min(classes.Count, 10_000))
            ? new OneVsOneClassifier(node, members, classes)
            : throw node.Error($"there are {members.Length} estimators for {classes.Count} classes");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var scores = Score(x, scratch, results);
        if (wanted.HasFlag(Methods.Predict))
        {
            if (Classes.Count == 2)
            {
                AddAbove(_threshold, scores, scratch, results);
            }
            else
            {
                AddHighest(scores, scratch, results);
            }
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), scores);
        }
    }

    private DenseBlock Score(Block x, Scratch scratch, Results results)
    {
        var confidences = scratch.Dense(x.Rows, _members.Length);
        var isSecond = scratch.IntegerArray(x.Rows * _members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i].Fill(x, confidences, i, scratch, results);
            FillVotes(i, x, isSecond, scratch, results);
        }

        var all = scratch.Dense(1, Classes.Count).Values;
        var votes = scratch.Dense(1, Classes.Count).Values;
        var scores = scratch.Dense(x.Rows, Classes.Count == 2 ? 1 : Classes.Count);
        for (var row = 0; row < x.Rows; row++)
        {
            OneVersusOne.Score(isSecond.AsSpan(row * _members.Length, _members.Length), confidences.Row(row), votes, all);
            (Classes.Count == 2 ? all[1..] : all).CopyTo(scores.Row(row));
        }

        return scores;
    }

    private void FillVotes(int index, Block x, int[] isSecond, Scratch scratch, Results results)
    {
        var member = _members[index].Estimator;
        if (member.Classes is null)
        {
            var numbers = Inner.Numbers(member, Methods.Predict, x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                // A regressor's prediction votes only where it is exactly one of the two.
                isSecond[(row * _members.Length) + index] = numbers.Row(row)[0] == 1 ? 1 : numbers.Row(row)[0] == 0 ? 0 : -1;
            }

            return;
        }

        var codes = Inner.Codes(member, x, scratch, results);
        for (var row = 0; row < x.Rows; row++)
        {
            isSecond[(row * _members.Length) + index] = codes[row];
        }
    }

    private void AddAbove(double threshold, DenseBlock scores, Scratch scratch, Results results)
    {
        var codes = scratch.IntegerArray(scores.Rows);
        for (var row = 0; row < scores.Rows; row++)
        {
            codes[row] = scores.Row(row)[0] > threshold ? 1 : 0;
        }

        results.Add(Output(Methods.Predict), codes, scores.Rows);
    }
}
