using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>How the pieces that somebody left, in files or in a pickled dict, make one model: what <c>metadata.json</c> of its version says.</summary>
/// <param name="Artifacts">The pieces that data passes, in this order; the last one answers.</param>
/// <param name="Pieces">Every piece that was found, and what it is for.</param>
public sealed record ModelPlan(IReadOnlyList<string> Artifacts, IReadOnlyList<ModelPiece> Pieces)
{
    /// <summary>What turns codes back into names, or null.</summary>
    public string? Labels { get; init; }

    /// <summary>What replaces 0.5, or null.</summary>
    public string? Threshold { get; init; }

    /// <summary>What names the columns, or null.</summary>
    public string? Features { get; init; }

    /// <summary>The files of the model as its loader takes them.</summary>
    /// <param name="directory">The folder that they are in.</param>
    public ModelSource ToSource(string directory) => new()
    {
        Directory = directory,
        Artifacts = Artifacts,
        Labels = Labels,
        Threshold = Threshold,
        FeaturesEntry = Features,
        FunctionPaths = FunctionFolders.Of(directory),
    };
}

/// <summary>A piece of a model, in a file or in a pickled dict.</summary>
/// <param name="Entry">Where it is: <c>scaler.pkl</c>, <c>bundle.pkl#scaler</c>.</param>
/// <param name="What">What it is: <c>StandardScaler of 4 columns</c>.</param>
/// <param name="Use">What it is for: <c>first</c>, <c>then</c>, <c>answers</c>, <c>labels</c>, <c>threshold</c>, <c>features</c>; <c>left alone</c> where it is for nothing.</param>
public sealed record ModelPiece(string Entry, string What, string Use);
