using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What single-output classifiers share: labels, and the arrays that derive from scores or probabilities.</summary>
internal abstract class Classifier : Estimator
{
    private readonly LabelSet _classes;

    /// <param name="classes"><c>classes_</c>.</param>
    /// <param name="methods">What this instance can answer.</param>
    /// <param name="scoreColumns">Columns of <c>decision_function</c>; 0 where it has one dimension (two classes).</param>
    protected Classifier(LabelSet classes, Methods methods, int scoreColumns)
    {
        _classes = classes;
        Methods = methods;
        Outputs = [.. MethodNames.All.Where(m => methods.HasFlag(m.Method)).Select(m => m.Method switch
        {
            Methods.Predict => new ModelOutput(m.Method, m.Name, OutputKind.Label, 0, classes),
            Methods.DecisionFunction => new ModelOutput(m.Method, m.Name, OutputKind.Float64, scoreColumns),
            _ => new ModelOutput(m.Method, m.Name, OutputKind.Float64, classes.Count),
        })];
    }

    public sealed override Methods Methods { get; }

    public sealed override IReadOnlyList<ModelOutput> Outputs { get; }

    public sealed override LabelSet Classes => _classes;

    /// <summary>Adds the label whose column is highest in each row; of equal ones the first, as <c>argmax</c> does.</summary>
    protected void AddHighest(DenseBlock scores, Scratch scratch, Results results)
    {
        var codes = scratch.IntegerArray(scores.Rows);
        for (var row = 0; row < scores.Rows; row++)
        {
            codes[row] = Kernels.ArgMax(scores.Row(row));
        }

        results.Add(Output(Methods.Predict), codes, scores.Rows);
    }

    /// <summary>Adds the second label where the score is above zero, else the first; where there is one label only, that.</summary>
    protected void AddBySign(DenseBlock scores, Scratch scratch, Results results)
    {
        var codes = scratch.IntegerArray(scores.Rows);
        for (var row = 0; row < scores.Rows; row++)
        {
            codes[row] = scores.Row(row)[0] > 0 ? _classes.Count - 1 : 0;
        }

        results.Add(Output(Methods.Predict), codes, scores.Rows);
    }

    /// <summary>Adds <c>predict_proba</c> and <c>predict_log_proba</c> as they are wanted.</summary>
    protected void AddProbabilities(Methods wanted, DenseBlock probabilities, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.PredictProba))
        {
            results.Add(Output(Methods.PredictProba), probabilities);
        }

        if (wanted.HasFlag(Methods.PredictLogProba))
        {
            results.Add(Output(Methods.PredictLogProba), Kernels.Log(probabilities, scratch));
        }
    }
}
