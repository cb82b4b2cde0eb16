using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A binary classifier that answers with its second label from a given probability on, rather than from one half.</summary>
/// <remarks>As scikit-learn 1.9, <c>sklearn/model_selection/_classification_threshold.py</c>, <c>FixedThresholdClassifier.predict</c>: at the threshold itself the second label.</remarks>
internal sealed class Thresholded : Estimator
{
    private readonly Estimator _inner;
    private readonly double _threshold;

    private Thresholded(Estimator inner, double threshold)
    {
        _inner = inner;
        _threshold = threshold;
    }

    public override Methods Methods => _inner.Methods;

    public override IReadOnlyList<ModelOutput> Outputs => _inner.Outputs;

    public override LabelSet? Classes => _inner.Classes;

    public override BlockKind? Input => _inner.Input;

    public override int FeatureCount => _inner.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames => _inner.FeatureNames;

    /// <summary>Puts a threshold on a classifier.</summary>
    /// <exception cref="ModelLoadException">It has no probabilities of two classes, or the threshold is no probability.</exception>
    public static Thresholded Create(Estimator inner, double threshold)
    {
        if (inner.Classes is not { Count: 2 } || !inner.Methods.HasFlag(Methods.PredictProba))
        {
            throw new ModelLoadException("\"threshold\" needs a classifier with two classes and predict_proba; this model is none");
        }

        return threshold is >= 0 and <= 1
            ? new Thresholded(inner, threshold)
            : throw new ModelLoadException($"\"threshold\" is {Numerics.PyFloat.Format(threshold)}; 0 to 1 is possible");
    }

    public override ColumnNeed Need(int column) => _inner.Need(column);

    public override void CheckInput(BlockKind kind) => _inner.CheckInput(kind);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var others = wanted & ~Methods.Predict;
        if (!wanted.HasFlag(Methods.Predict))
        {
            _inner.Run(others, x, scratch, results);
            return;
        }

        // Added first, where the signature has it, and filled once the probabilities are there.
        var codes = scratch.IntegerArray(x.Rows);
        results.Add(Output(Methods.Predict), codes, x.Rows);
        var first = results.Count;
        _inner.Run(Methods.PredictProba | others, x, scratch, results);
        var probabilities = (DenseBlock)results.Find(Methods.PredictProba, first).Numbers!;
        for (var row = 0; row < x.Rows; row++)
        {
            codes[row] = probabilities.Row(row)[1] >= _threshold ? 1 : 0;
        }

        if (!wanted.HasFlag(Methods.PredictProba))
        {
            results.Remove(Methods.PredictProba, first);
        }
    }
}
