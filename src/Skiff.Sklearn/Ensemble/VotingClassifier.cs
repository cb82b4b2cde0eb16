using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>VotingClassifier</c>: the label that most estimators predict, or the mean of their probabilities.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_voting.py</c>; the same since 0.22. Its estimators were fitted on the places of the labels.
/// <c>transform</c> with <c>flatten_transform=False</c> answers with three dimensions and is left out.
/// </remarks>
internal sealed class VotingClassifier : MetaEstimator
{
    private readonly Estimator[] _members;
    private readonly int[][] _places;
    private readonly double[]? _weights;
    private readonly bool _isSoft;
    private readonly ModelOutput[] _outputs;

    private VotingClassifier(EstimatorNode node, Estimator[] members, LabelSet classes, bool isSoft)
        : base(node, members)
    {
        _members = members;
        _isSoft = isSoft;
        Classes = classes;
        _weights = VotingWeights.Read(node, members.Length);
        _places = Members.AreRead(members) ? [.. members.Select((member, i) => LabelMap.ByPlace(node, member, i, classes.Count))] : [];
        if (isSoft && Members.AreRead(members))
        {
            RequireProbabilities(node, members, classes.Count);
        }

        var isFlat = node.Flag("flatten_transform", true);
        var columns = isSoft ? members.Length * classes.Count : members.Length;
        _outputs =
        [
            new(Methods.Predict, "predict", OutputKind.Label, 0, classes),
            .. isSoft ? [new ModelOutput(Methods.PredictProba, "predict_proba", OutputKind.Float64, classes.Count)] : (ModelOutput[])[],
            .. isSoft && !isFlat ? (ModelOutput[])[] : [new(Methods.Transform, "transform", isSoft ? OutputKind.Float64 : OutputKind.Int64, columns)],
        ];
        Methods = _outputs.Aggregate(Methods.None, (all, output) => all | output.Method);
    }

    public override Methods Methods { get; }

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet Classes { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        var isSoft = node.Text("voting", "hard") switch
        {
            "soft" => true,
            "hard" => false,
            var other => throw node.Error($"'voting' is '{other}'; hard and soft are known"),
        };
        return classes.Count > 0 ? new VotingClassifier(node, Members.Read(node), classes, isSoft) : throw node.Error("'classes_' is empty");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (_isSoft)
        {
            RunSoft(wanted, x, scratch, results);
        }
        else
        {
            RunHard(wanted, x, scratch, results);
        }
    }

    private static void RequireProbabilities(EstimatorNode node, Estimator[] members, int classes)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (Members.Output(node, members, i, Methods.PredictProba).Columns != classes)
            {
                throw node.Error($"'estimators_[{i}]' does not answer predict_proba with {classes} columns");
            }
        }
    }

    private void RunSoft(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var mean = scratch.Dense(x.Rows, Classes.Count);
        var each = scratch.Dense(x.Rows, Classes.Count * _members.Length);
        mean.Values.Clear();
        for (var i = 0; i < _members.Length; i++)
        {
            var probabilities = Inner.Numbers(_members[i], Methods.PredictProba, x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                var from = probabilities.Row(row);
                var to = mean.Row(row);
                for (var k = 0; k < to.Length; k++)
                {
                    to[k] += _weights is null ? from[k] : from[k] * _weights[i];
                }

                from.CopyTo(each.Row(row)[(i * Classes.Count)..]);
            }
        }

        var sum = VotingWeights.Sum(_weights, _members.Length);
        foreach (ref var value in mean.Values)
        {
            value /= sum;
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            var codes = scratch.IntegerArray(x.Rows);
            for (var row = 0; row < x.Rows; row++)
            {
                codes[row] = Kernels.ArgMax(mean.Row(row));
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(_outputs[1], mean);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[2], each);
        }
    }

    private void RunHard(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var each = scratch.IntegerArray(x.Rows * _members.Length);
        for (var i = 0; i < _members.Length; i++)
        {
            var codes = Inner.Codes(_members[i], x, scratch, results);
            for (var row = 0; row < x.Rows; row++)
            {
                each[(row * _members.Length) + i] = _places[i][codes[row]];
            }
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            var codes = scratch.IntegerArray(x.Rows);
            var votes = scratch.Dense(1, Classes.Count).Values;
            for (var row = 0; row < x.Rows; row++)
            {
                votes.Clear();
                for (var i = 0; i < _members.Length; i++)
                {
                    votes[each[(row * _members.Length) + i]] += _weights?[i] ?? 1;
                }

                codes[row] = Kernels.ArgMax(votes);
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[1], each, x.Rows, _members.Length);
        }
    }
}
