namespace Skiff.Models;

/// <summary>The files of one version and how they fit together: what the registry found and <c>metadata.json</c> says.</summary>
public sealed record ModelSource
{
    /// <summary>The folder that holds the files; artifact paths are relative to it.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// The files in the order in which data passes them, at least one: <c>model.joblib</c>, or <c>vectorizer.joblib</c> then
    /// <c>model.joblib</c>. An entry may address a key of a pickled dict: <c>bundle.pkl#model</c>.
    /// </summary>
    public required IReadOnlyList<string> Artifacts { get; init; }

    /// <summary>The file (or dict entry) of a label encoder that turns the answers back into names, else null.</summary>
    public string? Labels { get; init; }

    /// <summary>What replaces 0.5 for a binary classifier: a number as text, or a dict entry; else null.</summary>
    public string? Threshold { get; init; }

    /// <summary>The names of the columns in order, else null.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The dict entry that holds the names of the columns, else null.</summary>
    public string? FeaturesEntry { get; init; }

    /// <summary>The columns that a signature beside the model declares, in order; else null.</summary>
    public IReadOnlyList<DeclaredColumn>? Columns { get; init; }

    /// <summary>Where the source of Python functions is looked for, in this order.</summary>
    public IReadOnlyList<string> FunctionPaths { get; init; } = [];

    /// <summary>Where single functions are found: <c>__main__.f</c> to <c>path.py:f</c>.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>();
}
