using Skiff.Models;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary>Finds a version in a registry, or in a folder of files.</summary>
internal static class RegistrySource
{
    /// <summary>The files of a version and how they fit together.</summary>
    public static ModelSource Of(VersionEntry entry) => new()
    {
        Directory = entry.Artifacts.Directory,
        Artifacts = entry.Artifacts.Entries,
        Labels = entry.Artifacts.Labels,
        Threshold = entry.Artifacts.Threshold,
        Features = entry.Artifacts.Features,
        FeaturesEntry = entry.Artifacts.FeaturesEntry,
        FunctionPaths = entry.Artifacts.FunctionPaths,
    };

    /// <summary>Finds the version that a registry would serve.</summary>
    /// <param name="options">Where the registry is.</param>
    /// <param name="model">The model, or null where there is one.</param>
    /// <param name="version">The version, or null for the one that serves when none is asked for.</param>
    /// <exception cref="CommandException">There is no such version.</exception>
    public static VersionEntry Find(RegistryOptions options, string? model, string? version)
    {
        var snapshot = new ModelRegistry(options with { SettleTime = TimeSpan.Zero, Watch = false }).Refresh();
        var root = Path.GetFullPath(options.Root);
        var names = string.Join(", ", snapshot.Models.Select(entry => entry.Name).Take(20));
        var found = model is not null ? snapshot.Find(model) : snapshot.Models.Count == 1 ? snapshot.Models[0] : null;
        if (found is null)
        {
            var problem = snapshot.Problems.Count == 0 ? string.Empty : $" ({snapshot.Problems[0].Path}: {snapshot.Problems[0].Message})";
            throw new CommandException(
                snapshot.Models.Count == 0 ? $"there is no model in {root}{problem}"
                : model is null ? $"{root} holds several models; say which with --model: {names}"
                : $"there is no model {model} in {root}; there is {names}");
        }

        if (version is null)
        {
            return found.Latest ?? throw new CommandException(
                found.Unservable.Count > 0
                    ? $"no version of {found.Name} can be served: {found.Unservable[^1].Version}: {found.Unservable[^1].Reason}"
                    : $"{found.Name} has no version that can be served");
        }

        return found.Find(version) ?? throw new CommandException(
            found.WhyUnservable(version) is { } reason
                ? $"version {version} of {found.Name} cannot be served: {reason}"
                : $"there is no version {version} of {found.Name}; there is {string.Join(", ", found.Versions.Select(entry => entry.Version).TakeLast(20))}");
    }

    /// <summary>Finds what a folder is: a registry, a model of it, a version of that, or a model's files alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How it is read; the root is replaced.</param>
    /// <param name="model">The model, or null.</param>
    /// <param name="version">The version, or null.</param>
    /// <exception cref="CommandException">There is no such version.</exception>
    public static VersionEntry FindIn(string folder, RegistryOptions options, string? model, string? version)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var above = Path.GetDirectoryName(full);
        return model is null && version is null && Path.GetFileName(above) == "versions"
            ? Find(options with { Root = Path.GetDirectoryName(above)! }, null, Path.GetFileName(full))
            : Find(options with { Root = full }, model, version);
    }
}
