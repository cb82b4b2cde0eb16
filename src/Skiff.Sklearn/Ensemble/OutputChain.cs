using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>ClassifierChain</c> and <c>RegressorChain</c>: an estimator an output, each of which also sees what those before it said.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/multioutput.py</c>, <c>_get_predictions</c>; labels are answered as numbers. What is handed on is the prediction,
/// or since 1.5 what <c>chain_method_</c> names; logarithms of probabilities are there since 1.4.
/// </remarks>
internal sealed class OutputChain : Estimator
{
    private readonly Estimator[] _members;
    private readonly int[] _order;
    private readonly double[]?[] _labels;
    private readonly Methods _handedOn;
    private readonly ModelOutput[] _outputs;

    private OutputChain(EstimatorNode node, Estimator[] members, int[] order, bool isClassifier)
    {
        _members = members;
        _order = order;
        FeatureCount = members[0].FeatureCount >= 0 ? members[0].FeatureCount : throw node.Error("'estimators_[0]' does not say how many columns it takes");
        FeatureNames = node.FeatureNames;
        _handedOn = ReadHandedOn(node);
        _labels = [.. members.Select((member, i) => ReadLabels(node, member, i))];
        _outputs = [.. Offered(node, members[0], isClassifier).Select(method => new ModelOutput(method, MethodNames.Of(method), OutputKind.Float64, members.Length))];
        Methods = _outputs.Aggregate(Methods.None, (all, output) => all | output.Method);
        for (var i = 0; i < members.Length; i++)
        {
            if (members[i].FeatureCount >= 0 && members[i].FeatureCount != FeatureCount + i)
            {
                throw node.Error($"'estimators_[{i}]' takes {members[i].FeatureCount} columns; {FeatureCount + i} are handed to it");
            }

            foreach (var method in Asked().Where(method => method != Methods.Predict))
            {
                RequireBinary(node, members, i, method);
            }
        }

        IEnumerable<Methods> Asked() => _outputs.Select(output => output.Method == Methods.PredictLogProba ? Methods.PredictProba : output.Method).Append(_handedOn).Distinct();
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator ReadClassifier(EstimatorNode node) => Read(node, true);

    public static Estimator ReadRegressor(EstimatorNode node) => Read(node, false);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Members.CheckInput(_members, kind);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Columns.RequireWidth(x, FeatureCount, "a chain");
        var handedOn = scratch.Dense(x.Rows, _members.Length);
        var answers = new ChainAnswers(
            wanted.HasFlag(Methods.Predict) ? scratch.Dense(x.Rows, _members.Length) : null,
            (wanted & (Methods.PredictProba | Methods.PredictLogProba)) != 0 ? scratch.Dense(x.Rows, _members.Length) : null,
            wanted.HasFlag(Methods.DecisionFunction) ? scratch.Dense(x.Rows, _members.Length) : null);
        for (var i = 0; i < _members.Length; i++)
        {
            var seen = Join(x, handedOn, i, scratch);
            Ask(i, _handedOn, seen, handedOn, i, scratch, results);
            Ask(i, Methods.Predict, seen, answers.Predictions, _order[i], scratch, results);
            Ask(i, Methods.PredictProba, seen, answers.Probabilities, _order[i], scratch, results);
            Ask(i, Methods.DecisionFunction, seen, answers.Decisions, _order[i], scratch, results);
        }

        foreach (var output in _outputs)
        {
            if (wanted.HasFlag(output.Method))
            {
                results.Add(output, output.Method switch
                {
                    Methods.Predict => answers.Predictions!,
                    Methods.PredictProba => answers.Probabilities!,
                    Methods.DecisionFunction => answers.Decisions!,
                    _ => Kernels.Log(answers.Probabilities!, scratch),
                });
            }
        }
    }

    private static Estimator Read(EstimatorNode node, bool isClassifier)
    {
        var members = Members.Read(node);
        if (!Members.AreRead(members))
        {
            return UnreadEstimator.Instance;
        }

        var order = node.List("order_").Select(EstimatorNode.AsInteger).ToList();
        return order.Count == members.Length && order.Order().SequenceEqual(Enumerable.Range(0, members.Length).Select(i => (long?)i))
            ? new OutputChain(node, members, [.. order.Select(place => (int)place!.Value)], isClassifier)
            : throw node.Unexpected("order_", $"the numbers from 0 to {members.Length - 1}, each once");
    }

    private static Methods ReadHandedOn(EstimatorNode node) => MethodNames.Parse(node.Text("chain_method_", "predict")) switch
    {
        var method and (Methods.Predict or Methods.PredictProba or Methods.PredictLogProba or Methods.DecisionFunction) => method,
        _ => throw node.Error($"'chain_method_' is '{node.Text("chain_method_")}'; predict, predict_proba, predict_log_proba and decision_function are known"),
    };

    private static IEnumerable<Methods> Offered(EstimatorNode node, Estimator member, bool isClassifier)
    {
        yield return Methods.Predict;
        if (isClassifier && member.Methods.HasFlag(Methods.PredictProba))
        {
            yield return Methods.PredictProba;
            if (node.Version >= new SklearnVersion(1, 4))
            {
                yield return Methods.PredictLogProba;
            }
        }

        if (isClassifier && member.Methods.HasFlag(Methods.DecisionFunction))
        {
            yield return Methods.DecisionFunction;
        }
    }

    private static double[]? ReadLabels(EstimatorNode node, Estimator member, int index)
    {
        if (Members.Output(node, [member], 0, Methods.Predict) is not { Columns: 0 } output)
        {
            throw node.Error($"'estimators_[{index}]' does not predict one value a row");
        }

        return output.Labels is null
            ? output.Kind == OutputKind.Float64 ? null : throw node.Error($"'estimators_[{index}]' predicts neither numbers nor labels")
            : [.. output.Labels.Values.Select(label => EstimatorNode.AsNumber(label) ?? throw node.Error($"'estimators_[{index}]' has labels that are no numbers"))];
    }

    private static void RequireBinary(EstimatorNode node, Estimator[] members, int index, Methods method)
    {
        var columns = Math.Max(Members.Output(node, members, index, method).Columns, 1);
        if (columns != (method is Methods.PredictProba or Methods.PredictLogProba ? 2 : 1))
        {
            throw node.Error($"'estimators_[{index}]' does not answer {MethodNames.Of(method)} as a binary classifier");
        }
    }

    private static Block Join(Block x, DenseBlock handedOn, int count, Scratch scratch)
    {
        var previous = scratch.View(handedOn, 0, count);
        if (x is CsrBlock)
        {
            var sparse = scratch.Csr(x.Columns + count);
            for (var row = 0; row < x.Rows; row++)
            {
                SideBySide.AppendRow(x, row, 1, sparse, 0);
                SideBySide.AppendRow(previous, row, 1, sparse, x.Columns);
                sparse.EndRow();
            }

            return sparse;
        }

        var joined = scratch.Dense(x.Rows, x.Columns + count);
        for (var row = 0; row < x.Rows; row++)
        {
            ((DenseBlock)x).Row(row).CopyTo(joined.Row(row));
            previous.Row(row).CopyTo(joined.Row(row)[x.Columns..]);
        }

        return joined;
    }

    private void Ask(int index, Methods method, Block x, DenseBlock? y, int column, Scratch scratch, Results results)
    {
        if (y is null)
        {
            return;
        }

        if (method == Methods.Predict && _labels[index] is { } labels)
        {
            var codes = Inner.Codes(_members[index], x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                y.Row(row)[column] = labels[codes[row]];
            }

            return;
        }

        var numbers = Inner.Numbers(_members[index], method, x, scratch, results);
        for (var row = 0; row < x.Rows; row++)
        {
            y.Row(row)[column] = numbers.Row(row)[^1];
        }
    }

    private readonly record struct ChainAnswers(DenseBlock? Predictions, DenseBlock? Probabilities, DenseBlock? Decisions);
}
