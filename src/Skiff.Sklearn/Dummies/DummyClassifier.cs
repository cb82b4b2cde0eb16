using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>DummyClassifier</c>: the same answer for every row, whatever it holds.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/dummy.py</c>; the same since 0.22. The strategies <c>stratified</c> and <c>uniform</c> draw their answers from
/// numpy's random numbers and are refused. Where a constant is of another type than the labels it is answered as it was given.
/// </remarks>
internal sealed class DummyClassifier : Estimator
{
    private readonly ModelOutput[] _outputs;
    private readonly int[] _codes;
    private readonly double[][] _probabilities;

    private DummyClassifier(EstimatorNode node, LabelSet[] classes, LabelSet labels, int[] codes, double[][] probabilities)
    {
        var isSingle = classes.Length == 1;
        _codes = codes;
        _probabilities = probabilities;
        _outputs =
        [
            new(Methods.Predict, "predict", OutputKind.Label, isSingle ? 0 : codes.Length, labels),
            .. ProbabilityOutputs(Methods.PredictProba, classes),
            .. ProbabilityOutputs(Methods.PredictLogProba, classes),
        ];
        Classes = isSingle ? classes[0] : null;
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict | Methods.PredictProba | Methods.PredictLogProba;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes { get; }

    public override BlockKind? Input => null;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var strategy = node.Text("_strategy", node.Text("strategy", "prior"));
        if (node.Flag("sparse_output_", false))
        {
            throw node.Error("it was fitted on sparse targets, which it answers with a sparse matrix of labels; fit on an array");
        }

        var count = node.CheckedInteger("n_outputs_", 1, int.MaxValue);
        var classes = ReadClasses(node, count);
        var priors = count == 1 ? [node.Vector("class_prior_")] : node.Vectors("class_prior_");
        if (priors.Length != count)
        {
            throw node.Error($"'class_prior_' has {priors.Length} entries; {count} are expected");
        }

        for (var k = 0; k < count; k++)
        {
            if (priors[k].Length != classes[k].Count)
            {
                throw node.Error($"'class_prior_' has {priors[k].Length} values for {classes[k].Count} classes");
            }
        }

        return strategy switch
        {
            "most_frequent" => Frequent(node, classes, [.. priors.Select(prior => OneHot(prior.Length, Kernels.ArgMax(prior)))], priors),
            "prior" => Frequent(node, classes, priors, priors),
            "constant" => Constant(node, classes),
            _ => throw node.Error($"the strategy '{strategy}' answers with random labels, other ones in every call; most_frequent, prior and constant can be served"),
        };
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            var codes = scratch.IntegerArray(x.Rows * _codes.Length);
            for (var row = 0; row < x.Rows; row++)
            {
                _codes.CopyTo(codes, row * _codes.Length);
            }

            results.Add(_outputs[0], codes, x.Rows, _codes.Length);
        }

        for (var i = 1; i < _outputs.Length; i++)
        {
            if (wanted.HasFlag(_outputs[i].Method))
            {
                var isLog = _outputs[i].Method == Methods.PredictLogProba;
                var probabilities = ConstantRows(_probabilities[(i - 1) % _probabilities.Length], x.Rows, scratch);
                results.Add(_outputs[i], isLog ? Kernels.Log(probabilities, scratch) : probabilities);
            }
        }
    }

    private static IEnumerable<ModelOutput> ProbabilityOutputs(Methods method, LabelSet[] classes) =>
        classes.Select((labels, k) => new ModelOutput(
            method,
            classes.Length == 1 ? MethodNames.Of(method) : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{MethodNames.Of(method)}.{k}"),
            OutputKind.Float64,
            labels.Count));

    private static DenseBlock ConstantRows(double[] values, int rows, Scratch scratch)
    {
        var y = scratch.Dense(rows, values.Length);
        for (var row = 0; row < rows; row++)
        {
            values.CopyTo(y.Row(row));
        }

        return y;
    }

    private static LabelSet[] ReadClasses(EstimatorNode node, int count)
    {
        LabelSet[] classes = count == 1
            ? [node.Labels("classes_")]
            : [.. node.List("classes_").Select((item, k) => LabelReader.Read(item) ?? throw node.UnexpectedItem("classes_", k, item, "labels"))];
        return classes.Length == count && classes.All(labels => labels.Count > 0)
            ? classes
            : throw node.Error($"'classes_' has {classes.Length} lists of labels, none of which may be empty; {count} are expected");
    }

    private static DummyClassifier Frequent(EstimatorNode node, LabelSet[] classes, double[][] probabilities, double[][] priors)
    {
        int[] highest = [.. priors.Select(prior => Kernels.ArgMax(prior))];
        if (classes.Length == 1)
        {
            return new DummyClassifier(node, classes, classes[0], highest, probabilities);
        }

        var answers = new PyTuple([.. highest.Select((code, k) => (object?)classes[k].Values[code])]);
        return OfSeveral(node, classes, answers, probabilities);
    }

    private static DummyClassifier Constant(EstimatorNode node, LabelSet[] classes)
    {
        var items = node.Required("constant") is { } value && ScalarsOf(value) is { } scalars && scalars.Count == classes.Length
            ? scalars
            : throw node.Unexpected("constant", $"{classes.Length} labels");
        var found = new int[classes.Length];
        for (var k = 0; k < found.Length; k++)
        {
            found[k] = classes[k].Values.ToList().FindIndex(label => IsSame(label, items[k]));
            if (found[k] < 0)
            {
                throw node.Error($"'constant' is {Describe.Value(items[k])}, which 'classes_' does not hold");
            }
        }

        double[][] probabilities = [.. found.Select((code, k) => OneHot(classes[k].Count, code))];
        var answers = new PyTuple([.. items]);
        return classes.Length == 1 && LabelReader.Read(answers)?.Kind == classes[0].Kind
            ? new DummyClassifier(node, classes, classes[0], found, probabilities)
            : OfSeveral(node, classes, answers, probabilities);
    }

    private static DummyClassifier OfSeveral(EstimatorNode node, LabelSet[] classes, PyTuple answers, double[][] probabilities) =>
        LabelReader.Read(answers) is { } labels
            ? new DummyClassifier(node, classes, labels, [.. Enumerable.Range(0, labels.Count)], probabilities)
            : throw node.Error("its outputs answer with labels of several types; only labels of one type can be answered together");

    // A constant of two dimensions is a column, one label an output.
    private static IReadOnlyList<object?>? ScalarsOf(object value) => value switch
    {
        NdArray { Rank: 2 } array => [.. array.Data.Cast<object?>()],
        _ when EstimatorNode.Items(value) is { } items => [.. items.Select(item => EstimatorNode.Items(item) is { Count: 1 } one ? one[0] : item)],
        NdArray { Rank: 0 } array => [.. array.Data.Cast<object?>()],
        _ => [value],
    };

    private static bool IsSame(object label, object? constant) => label is string text
        ? constant is string other && text == other
        : constant is not string && EstimatorNode.AsNumber(label) is { } number && number == EstimatorNode.AsNumber(constant);

    private static double[] OneHot(int length, int index)
    {
        var values = new double[length];
        values[index] = 1;
        return values;
    }
}
