namespace Skiff.Cli;

/// <summary>What is to become a version.</summary>
internal sealed record AddRequest
{
    /// <summary>Files, entries of dicts, or one folder.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What comes before the model, in this order.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>What turns codes back into names, or null.</summary>
    public string? Labels { get; init; }

    /// <summary>A number, or an entry that holds it; or null.</summary>
    public string? Threshold { get; init; }

    /// <summary>Names with commas between them, or an entry that holds a list of them; or null.</summary>
    public string? Features { get; init; }

    /// <summary>Sources of functions: <c>text_utils.clean_text=path.py:clean_text</c>.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>A file with what else the metadata shall say, or null.</summary>
    public string? Metadata { get; init; }
}
