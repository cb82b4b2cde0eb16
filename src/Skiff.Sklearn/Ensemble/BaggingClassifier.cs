using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>BaggingClassifier</c>: the mean of its members' probabilities, or the share of their votes where they have none.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_bagging.py</c>; the same since 0.22. Members are fitted on the places of the labels.</remarks>
internal sealed class BaggingClassifier : Classifier
{
    private readonly BaggingMembers _members;
    private readonly int[][] _places;

    private BaggingClassifier(EstimatorNode node, LabelSet classes, BaggingMembers members, int decisionColumns)
        : base(classes, MethodsOf(decisionColumns), Math.Max(decisionColumns, 0))
    {
        _members = members;
        _places = members.AreRead ? [.. members.Estimators.Select((member, i) => ReadPlaces(node, member, i, classes.Count))] : [];
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _members.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        if (classes.Count == 0)
        {
            throw node.Error("'classes_' is empty");
        }

        var members = BaggingMembers.Read(node);
        return new BaggingClassifier(node, classes, members, DecisionColumns(node, members));
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        _members.CheckInput(kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var hasLogarithms = _members.Estimators[0].Methods.HasFlag(Methods.PredictLogProba);
        var needsMean = (wanted & (Methods.Predict | Methods.PredictProba)) != 0 || (!hasLogarithms && wanted.HasFlag(Methods.PredictLogProba));
        var mean = needsMean ? Mean(x, scratch, results) : null;
        if (wanted.HasFlag(Methods.Predict))
        {
            AddHighest(mean!, scratch, results);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(Output(Methods.PredictProba), mean!);
        }

        if (wanted.HasFlag(Methods.PredictLogProba))
        {
            results.Add(Output(Methods.PredictLogProba), hasLogarithms ? LogarithmOfMean(x, scratch, results) : Kernels.Log(mean!, scratch));
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), MeanDecision(x, scratch, results));
        }
    }

    private static Methods MethodsOf(int decisionColumns) =>
        Methods.Predict | Methods.PredictProba | Methods.PredictLogProba | (decisionColumns < 0 ? Methods.None : Methods.DecisionFunction);

    // -1 where the members have no decision function, 0 where it has one dimension.
    private static int DecisionColumns(EstimatorNode node, BaggingMembers members)
    {
        if (!members.AreRead || !members.Estimators[0].Methods.HasFlag(Methods.DecisionFunction))
        {
            return -1;
        }

        var columns = Members.Output(node, members.Estimators, 0, Methods.DecisionFunction).Columns;
        for (var i = 1; i < members.Estimators.Length; i++)
        {
            if (Members.Output(node, members.Estimators, i, Methods.DecisionFunction).Columns != columns)
            {
                throw node.Error($"'estimators_[{i}]' has another decision_function than 'estimators_[0]'");
            }
        }

        return columns;
    }

    private int[] ReadPlaces(EstimatorNode node, Estimator member, int index, int classes)
    {
        var places = LabelMap.ByPlace(node, member, index, classes);
        if (places.Length == classes)
        {
            // As many as the ensemble has: taken as they come.
            places = [.. Enumerable.Range(0, classes)];
        }

        var methods = _members.Estimators[0].Methods & Methods.PredictLogProba;
        if ((member.Methods & Methods.PredictLogProba) != methods)
        {
            throw node.Error($"'estimators_[{index}]' does not have the methods of 'estimators_[0]'");
        }

        foreach (var method in (ReadOnlySpan<Methods>)[Methods.PredictProba, Methods.PredictLogProba])
        {
            if (member.Methods.HasFlag(method) && Members.Output(node, _members.Estimators, index, method).Columns != places.Length)
            {
                throw node.Error($"'estimators_[{index}]' does not answer {MethodNames.Of(method)} with a column a class");
            }
        }

        return places;
    }

    private DenseBlock Mean(Block x, Scratch scratch, Results results)
    {
        var sums = scratch.Dense(x.Rows, Classes!.Count);
        sums.Values.Clear();
        _members.ForEach(x, scratch, results, (This: this, Sums: sums), static (in (BaggingClassifier This, DenseBlock Sums) state, int index, Estimator member, Block part, Scratch inner, Results answers) =>
        {
            var places = state.This._places[index];
            if (member.Methods.HasFlag(Methods.PredictProba))
            {
                var probabilities = Inner.Numbers(member, Methods.PredictProba, part, inner, answers);
                for (var row = 0; row < part.Rows; row++)
                {
                    Add(probabilities.Row(row), places, state.Sums.Row(row));
                }

                return;
            }

            var codes = Inner.Codes(member, part, inner, answers);
            for (var row = 0; row < part.Rows; row++)
            {
                state.Sums.Row(row)[places[codes[row]]] += 1;
            }
        });
        return Divide(sums);
    }

    private DenseBlock LogarithmOfMean(Block x, Scratch scratch, Results results)
    {
        var sums = scratch.Dense(x.Rows, Classes!.Count);
        sums.Values.Fill(double.NegativeInfinity);
        _members.ForEach(x, scratch, results, (This: this, Sums: sums), static (in (BaggingClassifier This, DenseBlock Sums) state, int index, Estimator member, Block part, Scratch inner, Results answers) =>
        {
            var places = state.This._places[index];
            var logarithms = Inner.Numbers(member, Methods.PredictLogProba, part, inner, answers);
            for (var row = 0; row < part.Rows; row++)
            {
                var to = state.Sums.Row(row);
                for (var k = 0; k < places.Length; k++)
                {
                    to[places[k]] = LogAddExp(to[places[k]], logarithms.Row(row)[k]);
                }
            }
        });
        var less = Math.Log(_members.Estimators.Length);
        foreach (ref var value in sums.Values)
        {
            value -= less;
        }

        return sums;
    }

    private DenseBlock MeanDecision(Block x, Scratch scratch, Results results)
    {
        var sums = scratch.Dense(x.Rows, Math.Max(Output(Methods.DecisionFunction).Columns, 1));
        sums.Values.Clear();
        _members.ForEach(x, scratch, results, sums, static (in DenseBlock sums, int index, Estimator member, Block part, Scratch inner, Results answers) =>
        {
            var decisions = Inner.Numbers(member, Methods.DecisionFunction, part, inner, answers);
            for (var row = 0; row < part.Rows; row++)
            {
                var to = sums.Row(row);
                for (var k = 0; k < to.Length; k++)
                {
                    to[k] += decisions.Row(row)[k];
                }
            }
        });
        return Divide(sums);
    }

    private static void Add(ReadOnlySpan<double> from, int[] places, Span<double> to)
    {
        for (var k = 0; k < places.Length; k++)
        {
            to[places[k]] += from[k];
        }
    }

    private DenseBlock Divide(DenseBlock sums)
    {
        foreach (ref var value in sums.Values)
        {
            value /= _members.Estimators.Length;
        }

        return sums;
    }

    private static double LogAddExp(double a, double b)
    {
        if (a == b)
        {
            return a + Math.Log(2);
        }

        var (high, low) = a > b ? (a, b) : (b, a);
        return high + double.LogP1(Math.Exp(low - high));
    }
}
