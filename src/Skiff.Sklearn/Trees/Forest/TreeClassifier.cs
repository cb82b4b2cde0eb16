using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What classifiers with one output or several share: their arrays, and what derives from probabilities.</summary>
internal abstract class TreeClassifier : Estimator
{
    private readonly ModelOutput[] _outputs;

    /// <param name="node">The estimator.</param>
    /// <param name="labels">Its labels.</param>
    protected TreeClassifier(EstimatorNode node, TreeLabels labels)
    {
        Labels = labels;
        FeatureNames = node.FeatureNames;
        var several = labels.Outputs.Count > 1;
        _outputs =
        [
            new ModelOutput(Methods.Predict, "predict", OutputKind.Label, several ? labels.Outputs.Count : 0, labels.All),
            .. Probabilities(Methods.PredictProba, "predict_proba"),
            .. Probabilities(Methods.PredictLogProba, "predict_log_proba"),
        ];

        IEnumerable<ModelOutput> Probabilities(Methods method, string name) => labels.Outputs.Select((output, k) =>
            new ModelOutput(method, several ? $"{name}.{k}" : name, OutputKind.Float64, output.Count));
    }

    public sealed override Methods Methods => Methods.Predict | Methods.PredictProba | Methods.PredictLogProba;

    public sealed override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public sealed override LabelSet? Classes => Labels.Outputs.Count == 1 ? Labels.All : null;

    public sealed override IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>The labels.</summary>
    protected TreeLabels Labels { get; }

    public sealed override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var probabilities = scratch.Dense(x.Rows, Labels.Width);
        var codes = scratch.IntegerArray(x.Rows * Labels.Outputs.Count);
        Fill(x, probabilities, codes, scratch);
        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], codes, x.Rows, Labels.Outputs.Count);
        }

        if (wanted.HasFlag(Methods.PredictProba))
        {
            AddEach(1, probabilities, scratch, results);
        }

        if (wanted.HasFlag(Methods.PredictLogProba))
        {
            AddEach(1 + Labels.Outputs.Count, Kernels.Log(probabilities, scratch), scratch, results);
        }
    }

    /// <summary>Fills the probabilities of every row, output after output, and the codes of its labels.</summary>
    protected abstract void Fill(Block x, DenseBlock probabilities, int[] codes, Scratch scratch);

    /// <summary>Fills the codes of the labels that are most probable; of equal ones the first, as <c>argmax</c> does.</summary>
    protected void FillHighest(DenseBlock probabilities, int[] codes)
    {
        for (var row = 0; row < probabilities.Rows; row++)
        {
            var rest = (ReadOnlySpan<double>)probabilities.Row(row);
            for (var k = 0; k < Labels.Outputs.Count; k++)
            {
                var count = Labels.Outputs[k].Count;
                codes[(row * Labels.Outputs.Count) + k] = Labels.Code(k, Kernels.ArgMax(rest[..count]));
                rest = rest[count..];
            }
        }
    }

    private void AddEach(int first, DenseBlock values, Scratch scratch, Results results)
    {
        if (Labels.Outputs.Count == 1)
        {
            results.Add(_outputs[first], values);
            return;
        }

        var column = 0;
        for (var k = 0; k < Labels.Outputs.Count; k++)
        {
            results.Add(_outputs[first + k], scratch.View(values, column, Labels.Outputs[k].Count));
            column += Labels.Outputs[k].Count;
        }
    }
}
