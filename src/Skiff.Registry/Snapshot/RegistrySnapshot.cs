using System.Collections.Frozen;

namespace Skiff.Registry;

/// <summary>Everything that serves now. Immutable: whoever holds one sees one consistent state of the registry.</summary>
public sealed class RegistrySnapshot
{
    private readonly FrozenDictionary<string, ModelEntry> _byName;

    internal RegistrySnapshot(long generation, IReadOnlyList<ModelEntry> models, IReadOnlyList<RegistryProblem> problems)
    {
        Generation = generation;
        Models = models;
        Problems = problems;
        _byName = models.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);
    }

    /// <summary>A registry in which nothing was found yet.</summary>
    public static RegistrySnapshot Empty { get; } = new(0, [], []);

    /// <summary>Counts the snapshots of one registry upwards.</summary>
    public long Generation { get; }

    /// <summary>The models by name, in ordinal order.</summary>
    public IReadOnlyList<ModelEntry> Models { get; }

    /// <summary>What is not as it should be, in the order of the models.</summary>
    public IReadOnlyList<RegistryProblem> Problems { get; }

    /// <summary>Whether the folder was empty, gone or unreadable when it was last looked at; the models are those that were there before.</summary>
    public bool IsAway { get; internal init; }

    /// <summary>Finds a model by its exact name. A name is data: no file is touched, whatever it says.</summary>
    /// <param name="model">The name, from a caller.</param>
    /// <returns>The model, or null when there is none of that name.</returns>
    public ModelEntry? Find(string model) => _byName.GetValueOrDefault(model);

    internal RegistrySnapshot With(RegistryProblem problem) => new(Generation, Models, [problem, .. Problems]) { IsAway = IsAway };

    internal bool SameAs(RegistrySnapshot other) => Models.SequenceEqual(other.Models) && Problems.SequenceEqual(other.Problems);
}
