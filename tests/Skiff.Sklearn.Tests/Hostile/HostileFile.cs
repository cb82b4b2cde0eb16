namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>A file that is made to do harm, and what it does in Python. What Skiff says of it stands in docs/hostile-files.md.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Elsewhere">What loading it does, or did, in Python.</param>
/// <param name="Content">Its bytes; given the path of a file which whatever it executes would make.</param>
public sealed record HostileFile(string Name, string Elsewhere, Func<string, byte[]> Content)
{
    /// <summary>What loading and asking may allocate: 64 MiB, but where a budget that the row names is larger.</summary>
    public long MaximumBytes { get; init; } = 64L << 20;

    /// <summary>The source of the module <c>hostile</c> beside the model, or null.</summary>
    public string? Source { get; init; }

    /// <summary>What is asked where the file is served: a text, or null for two numbers.</summary>
    public string? Text { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
