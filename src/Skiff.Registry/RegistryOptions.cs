namespace Skiff.Registry;

/// <summary>What was asked of a registry: where it is and how it is read. Never changes once given.</summary>
public sealed record RegistryOptions
{
    /// <summary>The folder that holds one model or many. It need not exist yet.</summary>
    public required string Root { get; init; }

    /// <summary>The name of the model where the root itself is one.</summary>
    public string ModelName { get; init; } = "default";

    /// <summary>How long files must stay as they are before they count as written. Zero trusts every state that is seen.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How often the folder is looked through when nothing was notified. This is what finds changes on network mounts. Stretched
    /// where one look takes more than a twentieth of it.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the operating system is asked to notify of changes. Polling goes on either way.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Whether links that lead out of the root are followed. Links inside the root always are.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Further folders in which the sources of Python functions are looked for, after the version's, the model's and the root.</summary>
    public IReadOnlyList<string> PythonPath { get; init; } = [];
}
