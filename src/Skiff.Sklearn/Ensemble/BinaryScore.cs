using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What one of several binary classifiers says about its second class: its decision, else its probability, or a regressor's prediction.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/multiclass.py</c>, <c>_predict_binary</c>; the same since 0.22.</remarks>
internal sealed class BinaryScore
{
    private readonly Methods _method;
    private readonly int _column;

    public BinaryScore(EstimatorNode node, Estimator[] members, int index)
    {
        Estimator = members[index];
        var methods = Estimator.Methods;
        _method = Estimator.Classes is null && !methods.HasFlag(Methods.DecisionFunction) ? Methods.Predict
            : methods.HasFlag(Methods.DecisionFunction) ? Methods.DecisionFunction
            : Methods.PredictProba;
        var output = Members.Output(node, members, index, _method);
        _column = _method == Methods.PredictProba ? 1 : 0;
        if (output.Kind != OutputKind.Float64 || Math.Max(output.Columns, 1) != _column + 1)
        {
            throw node.Error($"'estimators_[{index}]' does not answer {MethodNames.Of(_method)} as a binary estimator");
        }
    }

    /// <summary>The estimator.</summary>
    public Estimator Estimator { get; }

    /// <summary>What a score must be above to speak for the second class.</summary>
    public double Threshold => _method == Methods.DecisionFunction ? 0 : 0.5;

    /// <summary>Reads <c>estimators_</c>, where classes that every row has, or none, stand as constants.</summary>
    public static Estimator[] ReadMembers(EstimatorNode node)
    {
        var items = node.List("estimators_");
        return items.Count == 0
            ? throw node.Error("'estimators_' is empty: the ensemble has no estimators")
            : [.. items.Select((item, i) => item is PyInstance { Type.Name: "_ConstantPredictor" } constant
                ? new ConstantBinary(new EstimatorNode(node.Context, constant, "_ConstantPredictor", node.Join($"estimators_[{i}]")))
                : node.Context.ReadEstimator(item, node.Join($"estimators_[{i}]")))];
    }

    /// <summary>Writes the scores of every row into a column.</summary>
    public void Fill(Block x, DenseBlock scores, int column, Scratch scratch, Results results)
    {
        var numbers = Inner.Numbers(Estimator, _method, x, scratch, results);
        for (var row = 0; row < x.Rows; row++)
        {
            scores.Row(row)[column] = numbers.Row(row)[_column];
        }
    }

    /// <summary><c>_ConstantPredictor</c>.</summary>
    private sealed class ConstantBinary : Estimator
    {
        private readonly double _value;
        private readonly ModelOutput[] _outputs;

        public ConstantBinary(EstimatorNode node)
        {
            _value = node.Vector("y_", 1)[0];
            _outputs =
            [
                new(Methods.Predict, "predict", OutputKind.Float64, 0),
                new(Methods.PredictProba, "predict_proba", OutputKind.Float64, 2),
                new(Methods.DecisionFunction, "decision_function", OutputKind.Float64, 0),
            ];
        }

        public override Methods Methods => Methods.Predict | Methods.PredictProba | Methods.DecisionFunction;

        public override IReadOnlyList<ModelOutput> Outputs => _outputs;

        public override BlockKind? Input => null;

        public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
        {
            foreach (var output in _outputs)
            {
                if (wanted.HasFlag(output.Method))
                {
                    var y = scratch.Dense(x.Rows, Math.Max(output.Columns, 1));
                    for (var row = 0; row < x.Rows; row++)
                    {
                        y.Row(row)[0] = 1 - _value;
                        y.Row(row)[^1] = _value;
                    }

                    results.Add(output, y);
                }
            }
        }
    }
}
