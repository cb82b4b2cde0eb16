namespace Skiff.Models;

/// <summary>What a model takes and gives. Everything a protocol says about a model derives from this.</summary>
/// <param name="Platform">The platform's name in the open inference protocol, for instance <c>sklearn_joblib</c>.</param>
/// <param name="Input">What a row is.</param>
/// <param name="Outputs">What it can answer, one entry an array that it gives.</param>
public sealed record ModelSignature(string Platform, ModelInput Input, IReadOnlyList<ModelOutput> Outputs)
{
    /// <summary>The labels of a single-output classifier in the order of <c>classes_</c>, else null.</summary>
    public LabelSet? Classes { get; init; }

    /// <summary>What made the model, for people: <c>scikit-learn 1.5.1</c>.</summary>
    public string? Producer { get; init; }
}
