using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>SVC</c> and <c>NuSVC</c>: a decision for each pair of classes, votes of the pairs, and probabilities where they were asked for at the fit.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/svm/_base.py</c>, <c>BaseSVC</c>, and <c>sklearn/svm/src/libsvm/svm.cpp</c>, <c>svm_predict_values</c> and
/// <c>svm_predict_probability</c>. libsvm's decisions are positive for the first class of a pair; with two classes scikit-learn turns the sign
/// round. The counts and the parameters of the sigmoids have lost or gained underscores between releases.
/// </remarks>
internal sealed class SvmClassifier : Classifier
{
    private readonly KernelRows _vectors;
    private readonly Matrix _weights;
    private readonly double[] _intercepts;
    private readonly int[] _starts;
    private readonly double[]? _sigmoidA;
    private readonly double[]? _sigmoidB;
    private readonly bool _scoresClasses;
    private readonly bool _breaksTies;
    private readonly string _name;

    private SvmClassifier(EstimatorNode node, LabelSet classes, bool hasProbabilities, bool scoresClasses)
        : base(classes, Offered(hasProbabilities), classes.Count == 2 ? 0 : scoresClasses ? classes.Count : OneVersusOne.Pairs(classes.Count))
    {
        var pairs = OneVersusOne.Pairs(classes.Count);
        _name = node.ClassName;
        _vectors = SvmReader.Vectors(node);
        _weights = SvmReader.Weights(node, classes.Count - 1, _vectors.Count);
        _intercepts = node.Vector("_intercept_", pairs);
        _starts = ReadStarts(node, classes.Count, _vectors.Count);
        if (hasProbabilities)
        {
            _sigmoidA = node.Vector(node.Has("_probA") ? "_probA" : "probA_", pairs);
            _sigmoidB = node.Vector(node.Has("_probB") ? "_probB" : "probB_", pairs);
        }

        _scoresClasses = scoresClasses;
        _breaksTies = node.Flag("break_ties", false);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _vectors.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        if (classes.Count is < 2 or > 10_000)
        {
            throw node.Error($"'classes_' has {classes.Count} labels; two or more are expected");
        }

        var scoresClasses = node.Text("decision_function_shape", "ovr") switch
        {
            "ovr" => classes.Count > 2,
            "ovo" => false,
            var other => throw node.Error($"'decision_function_shape' is '{other}'; ovr and ovo are known"),
        };
        return node.Flag("break_ties", false) && node.Text("decision_function_shape", "ovr") == "ovo"
            ? throw node.Error("'break_ties' is on with the 'decision_function_shape' ovo, with which scikit-learn does not predict; fit with ovr")
            : new SvmClassifier(node, classes, HasProbabilities(node), scoresClasses);
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        SvmReader.CheckInput(_vectors, kind, _name);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        SvmReader.CheckRows(_vectors, x, _name);
        var decisions = Decide(x, scratch);
        var scores = (wanted.HasFlag(Methods.DecisionFunction) || _breaksTies) && _scoresClasses ? Score(decisions, scratch) : decisions;
        if (wanted.HasFlag(Methods.Predict))
        {
            if (_breaksTies && _scoresClasses)
            {
                AddHighest(scores, scratch, results);
            }
            else
            {
                AddVoted(decisions, scratch, results);
            }
        }

        if ((wanted & (Methods.PredictProba | Methods.PredictLogProba)) != 0)
        {
            AddProbabilities(wanted, Couple(decisions, scratch), scratch, results);
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(Output(Methods.DecisionFunction), Classes.Count == 2 ? Negate(scores) : scores);
        }
    }

    private static Methods Offered(bool hasProbabilities) =>
        Methods.Predict | Methods.DecisionFunction | (hasProbabilities ? Methods.PredictProba | Methods.PredictLogProba : Methods.None);

    // Since 1.8 'probability' is 'deprecated' where it was not given.
    private static bool HasProbabilities(EstimatorNode node) => node.Optional("probability") switch
    {
        null or "deprecated" => false,
        _ => node.Flag("probability"),
    };

    private static int[] ReadStarts(EstimatorNode node, int classes, int vectors)
    {
        var counts = node.Vector(node.Has("_n_support") ? "_n_support" : "n_support_", classes);
        var starts = new int[classes + 1];
        for (var k = 0; k < classes; k++)
        {
            if (!(counts[k] >= 0 && counts[k] <= vectors - starts[k]))
            {
                throw node.Error($"the counts of support vectors do not fit the {vectors} that there are");
            }

            starts[k + 1] = starts[k] + (int)counts[k];
        }

        return starts[classes] == vectors ? starts : throw node.Error($"the classes have {starts[classes]} support vectors, 'support_vectors_' has {vectors}");
    }

    private static DenseBlock Negate(DenseBlock scores)
    {
        foreach (ref var score in scores.Values)
        {
            score = -score;
        }

        return scores;
    }

    private DenseBlock Decide(Block x, Scratch scratch)
    {
        var decisions = scratch.Dense(x.Rows, _intercepts.Length);
        var kernel = scratch.Dense(1, _vectors.Count).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step(_vectors.Work + ((long)Classes.Count * _vectors.Count));
            _vectors.Fill(x, row, kernel);
            var pair = 0;
            for (var i = 0; i < Classes.Count; i++)
            {
                for (var j = i + 1; j < Classes.Count; j++)
                {
                    decisions.Row(row)[pair] = Part(j - 1, i, kernel) + Part(i, j, kernel) + _intercepts[pair];
                    pair++;
                }
            }
        }

        return decisions;
    }

    private double Part(int weights, int of, ReadOnlySpan<double> kernel)
    {
        var range = _starts[of].._starts[of + 1];
        return Kernels.Dot(_weights.Row(weights)[range], kernel[range]);
    }

    private void AddVoted(DenseBlock decisions, Scratch scratch, Results results)
    {
        var codes = scratch.IntegerArray(decisions.Rows);
        var votes = scratch.Integers(Classes.Count);
        for (var row = 0; row < decisions.Rows; row++)
        {
            scratch.Step(decisions.Columns);
            votes.Clear();
            var pair = 0;
            for (var i = 0; i < votes.Length; i++)
            {
                for (var j = i + 1; j < votes.Length; j++)
                {
                    votes[decisions.Row(row)[pair++] > 0 ? i : j]++;
                }
            }

            var best = 0;
            for (var i = 1; i < votes.Length; i++)
            {
                best = votes[i] > votes[best] ? i : best;
            }

            codes[row] = best;
        }

        results.Add(Output(Methods.Predict), codes, decisions.Rows);
    }

    private DenseBlock Score(DenseBlock decisions, Scratch scratch)
    {
        var scores = scratch.Dense(decisions.Rows, Classes.Count);
        var confidences = scratch.Dense(1, decisions.Columns).Values;
        var votes = scratch.Dense(1, Classes.Count).Values;
        var isSecond = scratch.Integers(decisions.Columns);
        for (var row = 0; row < decisions.Rows; row++)
        {
            scratch.Step(decisions.Columns);
            for (var pair = 0; pair < decisions.Columns; pair++)
            {
                var decision = decisions.Row(row)[pair];
                isSecond[pair] = decision < 0 ? 1 : 0;
                confidences[pair] = -decision;
            }

            OneVersusOne.Score(isSecond, confidences, votes, scores.Row(row));
        }

        return scores;
    }

    private DenseBlock Couple(DenseBlock decisions, Scratch scratch)
    {
        var count = Classes.Count;
        var probabilities = scratch.Dense(decisions.Rows, count);
        var pairs = scratch.Dense(count, count).Values;
        var work = scratch.Dense(1, PairwiseCoupling.WorkLength(count)).Values;
        for (var row = 0; row < decisions.Rows; row++)
        {
            var pair = 0;
            for (var i = 0; i < count; i++)
            {
                for (var j = i + 1; j < count; j++)
                {
                    var first = PairwiseCoupling.Sigmoid(decisions.Row(row)[pair], _sigmoidA![pair], _sigmoidB![pair]);
                    pairs[(i * count) + j] = first;
                    pairs[(j * count) + i] = 1 - first;
                    pair++;
                }
            }

            PairwiseCoupling.Couple(pairs, probabilities.Row(row), work, scratch);
        }

        return probabilities;
    }
}
