namespace Skiff.Registry;

/// <summary>
/// Changes a registry so that its readers, Skiff's and Python's, meet the old state or the new one and nothing between. A crash at any point
/// leaves one of the two; the next command clears away what it left. One publisher works in a model's folder at a time.
/// </summary>
/// <param name="options">Where the registry is. <see cref="RegistryOptions.ModelName"/> names the model of a root that is one.</param>
/// <param name="time">The clock, or null for the system's.</param>
public sealed class RegistryPublisher(RegistryOptions options, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Called after each step of a promotion; what a test interrupts.</summary>
    internal Action<string>? Step { get; init; }

    /// <summary>
    /// Copies files into <c>versions/</c> as a new version, with their sums in its <c>metadata.json</c>. Does not touch <c>latest/</c>.
    /// </summary>
    /// <param name="request">What to publish.</param>
    /// <returns>The version's folder.</returns>
    /// <exception cref="RegistryException">The version is there already, or what is to be published is no version.</exception>
    public string Publish(PublishRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckName(request.Version, "version");
        return Guard(() =>
        {
            var sources = PublishSources.Find(request);
            var folder = ModelFolder(request.Model, mayBeNew: true);
            var versions = Path.Join(folder, ModelReader.VersionsFolder);
            Directory.CreateDirectory(versions);
            using var taken = PublisherLock.Take(folder);
            CleanUp(folder);
            var destination = Path.Join(versions, request.Version);
            if (Path.Exists(destination))
            {
                throw new RegistryException(
                    $"Version {request.Version} is published already, and versions never change: what serves under a name is what was tested under it. " +
                    "Publish under a new version, or delete the folder by hand.");
            }

            Stage(versions, destination, request.Version, sources);
            return destination;
        });
    }

    /// <summary>Makes a version the one that serves when none is asked for: copies it to <c>latest/</c>.</summary>
    /// <param name="model">The model, or null where the root is one.</param>
    /// <param name="version">The version.</param>
    /// <returns>The version that served before, or null.</returns>
    /// <exception cref="RegistryException">There is no such version, or it cannot be served.</exception>
    public string? Promote(string? model, string version)
    {
        CheckName(version, "version");
        return Guard(() =>
        {
            var folder = ModelFolder(model, mayBeNew: false);
            using var taken = PublisherLock.Take(folder);
            CleanUp(folder);
            var current = Look(folder);
            Check(folder, current, version);
            if (current.Latest is { } before && before.Version != version)
            {
                // Before the swap: what is not so yet does not count, and what is so must not be forgotten by a crash.
                new PromotionHistory(folder).Add(version, before.Version);
            }

            Swap(folder, version);
            return current.Latest?.Version;
        });
    }

    /// <summary>
    /// Promotes what served before the current version was promoted; where that is not known (Python wrote <c>latest/</c>), the next lower version.
    /// </summary>
    /// <param name="model">The model, or null where the root is one.</param>
    /// <returns>The version that served until now, and the one that serves from now on.</returns>
    /// <exception cref="RegistryException">There is no version before the current one.</exception>
    public (string From, string To) Rollback(string? model)
    {
        return Guard(() =>
        {
            var folder = ModelFolder(model, mayBeNew: false);
            using var taken = PublisherLock.Take(folder);
            CleanUp(folder);
            var current = Look(folder);
            var from = current.Latest?.Version ?? throw new RegistryException($"Nothing in {folder} serves, so there is nothing to roll back. Promote a version.");
            var history = new PromotionHistory(folder);
            var promoted = history.Before(from).FirstOrDefault(before => IsPublished(folder, before));
            var to = promoted
                ?? current.Versions.LastOrDefault(entry => IsPublished(folder, entry.Version) && VersionOrder.Instance.Compare(entry.Version, from) < 0)?.Version
                ?? throw new RegistryException($"There is no version before {from} to roll back to. Promote one by name: skiff registry promote VERSION.");
            Check(folder, current, to);
            Swap(folder, to);
            if (promoted is not null)
            {
                Forget(history, from, to);
            }

            return (from, to);
        });
    }

    private void Stage(string versions, string destination, string version, PublishSources sources)
    {
        var staging = new VersionStaging(versions, version);
        try
        {
            foreach (var (source, name) in sources.Files)
            {
                staging.Copy(source, name);
            }

            staging.WriteMetadata(sources.Metadata, sources.Chain, _time.GetUtcNow());
            staging.Commit(destination);
        }
        catch
        {
            staging.Discard();
            throw;
        }
    }

    private void Swap(string folder, string version) => LatestSwap.Run(folder, Path.Join(folder, ModelReader.VersionsFolder, version), Step);

    private static void Forget(PromotionHistory history, string from, string to)
    {
        try
        {
            history.Forget(from, to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"{to} serves in the place of {from}, but {PromotionHistory.FileName} could not be written: {DiskError.Explain(e)}", e);
        }
    }

    private static void Check(string folder, ModelEntry current, string version)
    {
        if (!IsPublished(folder, version))
        {
            var known = current.Versions.Where(entry => IsPublished(folder, entry.Version)).Select(entry => entry.Version).ToList();
            throw new RegistryException(
                $"There is no version {version} in {Path.Join(folder, ModelReader.VersionsFolder)}" +
                (known.Count == 0 ? "; publish one first." : $"; there are {string.Join(", ", known.TakeLast(20))}."));
        }

        if (current.WhyUnservable(version) is { } reason)
        {
            throw new RegistryException($"Version {version} cannot be promoted: {reason}.");
        }

        var entry = current.Versions.FirstOrDefault(entry => entry.Version == version && IsBelowVersions(folder, entry));
        if (entry is not null && !entry.Artifacts.IsUnchanged(out var changed))
        {
            throw new RegistryException($"Version {version} cannot be promoted: {changed}.");
        }
    }

    private static bool IsBelowVersions(string folder, VersionEntry entry) =>
        Path.GetDirectoryName(entry.Artifacts.Directory) == Path.Join(folder, ModelReader.VersionsFolder);

    private static bool IsPublished(string folder, string version) => Directory.Exists(Path.Join(folder, ModelReader.VersionsFolder, version));

    private ModelEntry Look(string folder)
    {
        // Whoever changes the registry says that it is at rest: every state that is there counts as written.
        var registry = new ModelRegistry(options with { Root = folder, SettleTime = TimeSpan.Zero }, _time);
        return registry.Refresh().Models.SingleOrDefault()
            ?? throw new RegistryException($"{folder} holds no model; publish a version first.");
    }

    private string ModelFolder(string? model, bool mayBeNew)
    {
        var root = Path.GetFullPath(options.Root);
        var layout = RegistryLayout.Look(root, options);
        if (model is not null && !(layout.IsOneModel && model == options.ModelName))
        {
            CheckName(model, "model");
            if (layout.IsOneModel)
            {
                throw new RegistryException($"{root} is one model (called {options.ModelName}), not a folder of models: leave --model out.");
            }

            root = Path.Join(root, model);
        }
        else if (layout.Models.Count > 0)
        {
            throw new RegistryException($"{root} holds several models; say which with --model: {string.Join(", ", layout.Models.Take(20))}.");
        }

        if (RegistryLayout.IsBareModel(root, options))
        {
            throw new RegistryException($"{root} is a model in a folder of its own, without versions. Move its files to versions/1/ to begin with versions.");
        }

        if (mayBeNew)
        {
            Directory.CreateDirectory(root);
        }
        else if (!Directory.Exists(root))
        {
            throw new RegistryException($"There is no model in {root}; publish a version first.");
        }

        return root;
    }

    private static void CleanUp(string folder)
    {
        LatestSwap.CleanUp(folder);
        DurableFiles.CleanUp(folder, PromotionHistory.FileName);
        VersionStaging.CleanUp(Path.Join(folder, ModelReader.VersionsFolder));
    }

    private static void CheckName(string name, string what)
    {
        if (!SafeName.IsVersion(name))
        {
            throw new RegistryException(
                $"This cannot name a {what}: a name is one part of a path, of 1 to {SafeName.MaxLength} printable characters, without slashes and without a dot in front.");
        }
    }

    private static T Guard<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"The registry was not changed: {DiskError.Explain(e)}", e);
        }
    }
}
