using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What classifiers by neighbors share: each neighbor votes for its label, for one output or several.</summary>
internal abstract class NeighborClassifier : NeighborEstimator
{
    private readonly LabelOutputs _outputs;
    private readonly int[] _firstColumns;

    /// <param name="node">Where it is read.</param>
    /// <param name="hasRadius">Whether it looks within a radius.</param>
    protected NeighborClassifier(EstimatorNode node, bool hasRadius)
        : base(node, hasRadius)
    {
        IsFlat = !node.Flag("outputs_2d_");
        Labels = LabelOutputs.Read(node, IsFlat);
        _outputs = new LabelOutputs(node, LabelsToAnswer(node, Labels), IsFlat, Methods.PredictProba);
        Votes = ReadVotes(node, Labels, Search.Count);
        _firstColumns = new int[Labels.Length + 1];
        for (var k = 0; k < Labels.Length; k++)
        {
            _firstColumns[k + 1] = _firstColumns[k] + Labels[k].Count;
        }
    }

    public override Methods Methods => Methods.Predict | Methods.PredictProba;

    public override IReadOnlyList<ModelOutput> Outputs => AllOutputs;

    public override LabelSet? Classes => IsFlat ? Labels[0] : null;

    /// <summary>Whether there is one output, without a column of its own.</summary>
    protected bool IsFlat { get; }

    /// <summary><c>classes_</c> of each output.</summary>
    protected LabelSet[] Labels { get; }

    /// <summary>The label of each fitted row, for each output.</summary>
    protected int[][] Votes { get; }

    private ModelOutput[] AllOutputs => field ??= [_outputs.Outputs[0], .. _outputs.Outputs[1..].Select((output, k) => output with { Columns = Labels[k].Count })];

    /// <summary>The labels that <c>predict</c> may answer, beginning with <c>classes_</c>.</summary>
    protected virtual LabelSet[] LabelsToAnswer(EstimatorNode node, LabelSet[] classes) => classes;

    protected sealed override NeighborAnswer Begin(Methods wanted, int rows, Scratch scratch) =>
        new(scratch.Dense(rows, _firstColumns[^1]), scratch.IntegerArray(rows * Labels.Length));

    protected sealed override void Answer(int row, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> work, NeighborAnswer answer)
    {
        for (var k = 0; k < Labels.Length; k++)
        {
            var probabilities = answer.Numbers.Row(row)[_firstColumns[k].._firstColumns[k + 1]];
            probabilities.Clear();
            for (var i = 0; i < neighbors.Length; i++)
            {
                probabilities[Votes[k][neighbors[i]]] += IsWeighted ? weights[i] : 1;
            }

            answer.Codes[(row * Labels.Length) + k] = _outputs.Code(k, Decide(row, k, neighbors, weights, probabilities, work));
        }
    }

    protected sealed override void End(Methods wanted, NeighborAnswer answer, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(AllOutputs[0], answer.Codes, answer.Numbers.Rows, Labels.Length);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            for (var k = 0; k < Labels.Length; k++)
            {
                var probabilities = Labels.Length == 1 ? answer.Numbers : scratch.View(answer.Numbers, _firstColumns[k], Labels[k].Count);
                results.Add(AllOutputs[k + 1], probabilities);
            }
        }
    }

    /// <summary>Turns votes into probabilities.</summary>
    /// <returns>The label that is answered, as an index into those to answer.</returns>
    protected abstract int Decide(int row, int output, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> votes, Span<double> work);

    private static int[][] ReadVotes(EstimatorNode node, LabelSet[] classes, int rows)
    {
        var array = node.Array("_y");
        if (array.Type.Kind > Numerics.DTypeKind.Int64 || array.Rank != (array.Size == rows && array.Rank == 1 ? 1 : 2) || array.Shape[0] != rows || array.Size != (long)rows * classes.Length)
        {
            throw node.Unexpected("_y", $"the labels of {rows} fitted rows, as integers, for {classes.Length} outputs");
        }

        var all = array.ToInt64s();
        var votes = new int[classes.Length][];
        for (var k = 0; k < votes.Length; k++)
        {
            votes[k] = new int[rows];
            for (var i = 0; i < rows; i++)
            {
                var vote = all[(i * votes.Length) + k];
                votes[k][i] = vote >= 0 && vote < classes[k].Count ? (int)vote : throw node.Error($"'_y' holds {vote}; 'classes_' has {classes[k].Count} labels");
            }
        }

        return votes;
    }
}
