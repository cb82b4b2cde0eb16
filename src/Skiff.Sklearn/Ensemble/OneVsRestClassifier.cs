using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>OneVsRestClassifier</c>: a binary estimator a class; one label a row, or a flag a label.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/multiclass.py</c>; the same since 0.22. Of classes with the same highest score the last is answered, since 1.8 the
/// first. A row whose probabilities are all zero stays so since 1.7, before that it became NaN.
/// </remarks>
internal sealed class OneVsRestClassifier : MetaEstimator
{
    private readonly BinaryScore[] _members;
    private readonly bool _hasFlags;
    private readonly bool _keepsZeros;
    private readonly bool _answersFirst;
    private readonly ModelOutput[] _outputs;
    private readonly int _classes;

    private OneVsRestClassifier(EstimatorNode node, Estimator[] members, LabelSet classes, bool hasFlags)
        : base(node, members)
    {
        _members = [.. members.Select((_, i) => new BinaryScore(node, members, i))];
        _hasFlags = hasFlags;
        _keepsZeros = node.Version >= new SklearnVersion(1, 7);
        _answersFirst = node.Version >= new SklearnVersion(1, 8);
        _classes = classes.Count;
        Classes = hasFlags ? null : classes;
        var first = members[0].Methods;
        var decisions = members.Length == 1 ? 0 : members.Length;
        var probabilities = members.Length == 1 ? 2 : members.Length;
        _outputs =
        [
            hasFlags ? new(Methods.Predict, "predict", OutputKind.Int64, classes.Count) : new(Methods.Predict, "predict", OutputKind.Label, 0, classes),
            .. first.HasFlag(Methods.PredictProba) ? [new ModelOutput(Methods.PredictProba, "predict_proba", OutputKind.Float64, probabilities)] : (ModelOutput[])[],
            .. first.HasFlag(Methods.DecisionFunction) ? [new ModelOutput(Methods.DecisionFunction, "decision_function", OutputKind.Float64, decisions)] : (ModelOutput[])[],
        ];
        foreach (var output in _outputs.Skip(1))
        {
            for (var i = 0; i < members.Length; i++)
            {
                if (Math.Max(Members.Output(node, members, i, output.Method).Columns, 1) != (output.Method == Methods.PredictProba ? 2 : 1))
                {
                    throw node.Error($"'estimators_[{i}]' does not answer {output.Name} as a binary classifier");
                }
            }
        }

        Methods = _outputs.Aggregate(Methods.None, (all, output) => all | output.Method);
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var members = BinaryScore.ReadMembers(node);
        if (!Members.AreRead(members))
        {
            return UnreadEstimator.Instance;
        }

        var binarizer = node.Required("label_binarizer_") is PyInstance instance
            ? new EstimatorNode(node.Context, instance, "LabelBinarizer", node.Join("label_binarizer_"))
            : throw node.Unexpected("label_binarizer_", "a LabelBinarizer");
        var classes = binarizer.Labels("classes_");
        var type = binarizer.Text("y_type_");
        var expected = type == "binary" ? 1 : classes.Count;
        return members.Length == expected && classes.Count > 0 && (type != "binary" || classes.Count <= 2)
            ? new OneVsRestClassifier(node, members, classes, type.StartsWith("multilabel", StringComparison.Ordinal))
            : throw node.Error($"there are {members.Length} estimators for {classes.Count} classes ({type})");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            AddLabels(x, scratch, results);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(Output(Methods.PredictProba), Probabilities(x, scratch, results));
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), Collect(Methods.DecisionFunction, 0, x, scratch, results));
        }
    }

    private void AddLabels(Block x, Scratch scratch, Results results)
    {
        var scores = scratch.Dense(x.Rows, _members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            _members[i].Fill(x, scores, i, scratch, results);
        }

        var columns = _hasFlags ? _classes : 1;
        var codes = scratch.IntegerArray(x.Rows * columns);
        var threshold = _members[0].Threshold;
        for (var row = 0; row < x.Rows; row++)
        {
            var values = scores.Row(row);
            if (_hasFlags)
            {
                for (var k = 0; k < columns; k++)
                {
                    codes[(row * columns) + k] = values[k] > threshold ? 1 : 0;
                }
            }
            else
            {
                codes[row] = values.Length == 1 ? values[0] > threshold ? _classes - 1 : 0 : Highest(values);
            }
        }

        results.Add(_outputs[0], codes, x.Rows, columns);
    }

    private int Highest(ReadOnlySpan<double> values)
    {
        if (_answersFirst)
        {
            return Kernels.ArgMax(values);
        }

        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] >= values[best] ? i : best;
        }

        return best;
    }

    private DenseBlock Collect(Methods method, int column, Block x, Scratch scratch, Results results)
    {
        var y = scratch.Dense(x.Rows, _members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            var numbers = Inner.Numbers(_members[i].Estimator, method, x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                y.Row(row)[i] = numbers.Row(row)[column];
            }
        }

        return y;
    }

    private DenseBlock Probabilities(Block x, Scratch scratch, Results results)
    {
        var each = Collect(Methods.PredictProba, 1, x, scratch, results);
        var y = each;
        if (_members.Length == 1)
        {
            y = scratch.Dense(x.Rows, 2);
            for (var row = 0; row < x.Rows; row++)
            {
                y.Row(row)[0] = 1 - each.Row(row)[0];
                y.Row(row)[1] = each.Row(row)[0];
            }
        }

        for (var row = 0; row < x.Rows && !_hasFlags; row++)
        {
            var sum = NumpySum.Of(y.Row(row));
            foreach (ref var value in y.Row(row))
            {
                value = sum == 0 && _keepsZeros ? value : value / sum;
            }
        }

        return y;
    }
}
