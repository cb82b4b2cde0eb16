using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>AdaBoostClassifier</c>: classifiers that vote by their weight, or by their probabilities.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_weight_boosting.py</c>. With <c>SAMME.R</c> (until 1.5) the logarithms of the probabilities count. With
/// <c>SAMME</c> a vote counts against the other classes since 1.4.
/// </remarks>
internal sealed class AdaBoostClassifier : Classifier
{
    private static readonly double Epsilon = Math.ScaleB(1, -52);

    private readonly Estimator[] _members;
    private readonly double[] _weights;
    private readonly int[][] _classes;
    private readonly double _totalWeight;
    private readonly bool _usesProbabilities;
    private readonly double _against;
    private readonly string _name;

    private AdaBoostClassifier(EstimatorNode node, LabelSet classes)
        : base(classes, Methods.Predict | Methods.PredictProba | Methods.PredictLogProba | Methods.DecisionFunction, classes.Count == 2 ? 0 : classes.Count)
    {
        if (classes.Count < 2)
        {
            throw node.Error($"'classes_' has {classes.Count} labels; at least 2 are expected");
        }

        _members = Members.Read(node);
        _weights = node.Vector("estimator_weights_");
        if (_weights.Length < _members.Length)
        {
            throw node.Error($"'estimator_weights_' has {_weights.Length} values, 'estimators_' has {_members.Length}");
        }

        _name = node.ClassName;
        _totalWeight = NumpySum.Of(_weights);
        _usesProbabilities = UsesProbabilities(node);
        _against = node.Version < new SklearnVersion(1, 3, 1) ? 0 : -1.0 / (classes.Count - 1);
        _classes = Members.AreRead(_members) ? [.. _members.Select((member, i) => ReadClasses(node, member, i))] : [];
        FeatureCount = Members.FeatureCount(node, _members);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new AdaBoostClassifier(node, node.Labels("classes_"));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Members.CheckInput(_members, kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, _name);
        var decisions = Decide(x, scratch, results);
        if (wanted.HasFlag(Methods.Predict))
        {
            if (decisions.Columns == 1)
            {
                AddBySign(decisions, scratch, results);
            }
            else
            {
                AddHighest(decisions, scratch, results);
            }
        }

        if ((wanted & (Methods.PredictProba | Methods.PredictLogProba)) != 0)
        {
            AddProbabilities(wanted, Probabilities(decisions, scratch), scratch, results);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), decisions);
        }
    }

    private static bool UsesProbabilities(EstimatorNode node)
    {
        // In 1.6 and 1.7 the parameter is there but decides nothing any more.
        if (node.Version >= new SklearnVersion(1, 6))
        {
            return false;
        }

        return node.Text("algorithm", "SAMME.R") switch
        {
            "SAMME.R" => true,
            "SAMME" => false,
            var other => throw node.Error($"'algorithm' is '{other}'; SAMME and SAMME.R are known"),
        };
    }

    private int[] ReadClasses(EstimatorNode node, Estimator member, int index)
    {
        var classes = LabelMap.ByLabel(node, member, index, Classes!);
        if (_usesProbabilities && Members.Output(node, _members, index, Methods.PredictProba).Columns != Classes!.Count)
        {
            throw node.Error($"'estimators_[{index}]' has probabilities of {classes.Length} classes; {Classes.Count} are expected");
        }

        return classes;
    }

    private DenseBlock Decide(Block x, Scratch scratch, Results results)
    {
        var sums = scratch.Dense(x.Rows, Classes!.Count);
        sums.Values.Clear();
        var inner = ScratchPool.Shared.Rent(scratch);
        try
        {
            for (var i = 0; i < _members.Length; i++)
            {
                Add(i, x, sums, inner, results);
                inner.Reset();
            }
        }
        finally
        {
            ScratchPool.Shared.Return(inner);
        }

        foreach (ref var value in sums.Values)
        {
            value /= _totalWeight;
        }

        if (sums.Columns != 2)
        {
            return sums;
        }

        var decisions = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            decisions.Values[row] = -sums.Row(row)[0] + sums.Row(row)[1];
        }

        return decisions;
    }

    private void Add(int index, Block x, DenseBlock sums, Scratch inner, Results results)
    {
        if (_usesProbabilities)
        {
            var probabilities = Inner.Numbers(_members[index], Methods.PredictProba, x, inner, results);
            for (var row = 0; row < x.Rows; row++)
            {
                AddLogarithms(probabilities.Row(row), sums.Row(row));
            }

            return;
        }

        var codes = Inner.Codes(_members[index], x, inner, results);
        var weight = _weights[index];
        for (var row = 0; row < x.Rows; row++)
        {
            var voted = _classes[index][codes[row]];
            var to = sums.Row(row);
            for (var k = 0; k < to.Length; k++)
            {
                to[k] += k == voted ? weight : _against * weight;
            }
        }
    }

    private static void AddLogarithms(Span<double> probabilities, Span<double> sums)
    {
        foreach (ref var value in probabilities)
        {
            value = Math.Log(value < Epsilon ? Epsilon : value);
        }

        var classes = sums.Length;
        var total = NumpySum.Of(probabilities);
        for (var k = 0; k < classes; k++)
        {
            sums[k] += (classes - 1) * (probabilities[k] - (1.0 / classes * total));
        }
    }

    private DenseBlock Probabilities(DenseBlock decisions, Scratch scratch)
    {
        var classes = Classes!.Count;
        var probabilities = scratch.Dense(decisions.Rows, classes);
        for (var row = 0; row < decisions.Rows; row++)
        {
            var from = decisions.Row(row);
            var to = probabilities.Row(row);
            for (var k = 0; k < classes; k++)
            {
                to[k] = classes == 2 ? (k == 0 ? -from[0] : from[0]) / 2 : from[k] / (classes - 1);
            }

            Kernels.Softmax(to);
        }

        return probabilities;
    }
}
