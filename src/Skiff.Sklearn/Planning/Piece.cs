using System.Globalization;
using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>A value that may be a piece of a model, and what it can be used for.</summary>
/// <param name="Entry">Where it is.</param>
/// <param name="Name">Its key, or its file's name without the ending; lower case.</param>
/// <param name="Value">The value.</param>
internal sealed record Piece(string Entry, string Name, object? Value)
{
    /// <summary>The estimator that it is, or null.</summary>
    public Estimator? Estimator { get; private init; }

    /// <summary>Why it is an estimator that cannot be served, or null.</summary>
    public string? Problem { get; private init; }

    public bool Predicts => Estimator is not null && Estimator.Methods.HasFlag(Methods.Predict);

    public bool Transforms => Estimator is Transformer { CanFeed: true } && !Predicts;

    public bool EncodesLabels => Value is PyInstance { Type.Name: "LabelEncoder" };

    public bool EncodesColumns => ColumnEncoders.Is(Value);

    /// <summary>The texts of a list of them, or null.</summary>
    public IReadOnlyList<string>? Texts => EstimatorNode.Items(Value) is { Count: > 0 } items && items.All(item => item is string) ? [.. items.Cast<string>()] : null;

    /// <summary>What it is, in a few words.</summary>
    public string What => this switch
    {
        { Problem: { } problem } => problem,
        { EncodesLabels: true } => "a LabelEncoder",
        { EncodesColumns: true } => $"encoders of the columns {string.Join(", ", ((PyDict)Value!).Entries.Select(e => e.Key).Take(10))}",
        { Estimator: { FeatureCount: >= 0 } estimator } => string.Create(CultureInfo.InvariantCulture, $"{TypeText} of {estimator.FeatureCount} columns"),
        { Estimator: not null } => TypeText,
        { Value: PyInstance instance } => instance.Type.ToString(),
        { Texts: { } texts } => string.Create(CultureInfo.InvariantCulture, $"a list of {texts.Count} texts"),
        _ => ReportTree.Short(Value),
    };

    private string TypeText => ((PyInstance)Value!).Type.Name;

    /// <summary>Looks at a value.</summary>
    public static Piece Of(string entry, object? value, Func<ReadContext> newContext)
    {
        var (file, key) = ArtifactReader.Split(entry);
        var piece = new Piece(entry, (key ?? Path.GetFileNameWithoutExtension(file)).ToLowerInvariant(), value);
        if (value is not PyInstance instance || piece.EncodesLabels)
        {
            return piece;
        }

        try
        {
            var context = newContext();
            var estimator = context.ReadEstimator(instance, string.Empty);
            return context.Problems.Count == 0 ? piece with { Estimator = estimator } : piece with { Problem = string.Join("; ", context.Problems) };
        }
        catch (ModelLoadException e)
        {
            return piece with { Problem = e.Message };
        }
    }
}
