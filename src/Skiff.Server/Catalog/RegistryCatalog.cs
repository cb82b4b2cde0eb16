using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skiff.Models;
using Skiff.Registry;

namespace Skiff.Server;

/// <summary>The models of a registry folder, kept up to date.</summary>
internal sealed partial class RegistryCatalog(ModelRegistry registry, SkiffOptions options, ILogger<RegistryCatalog> logger) : BackgroundService, ICatalog
{
    private readonly ConditionalWeakTable<ModelEntry, CatalogModel> _models = [];
    private readonly ConditionalWeakTable<VersionEntry, CatalogVersion> _versions = [];
    private readonly ConditionalWeakTable<CatalogVersion, VersionEntry> _entries = [];
    private readonly Lock _lock = new();
    private readonly HashSet<RegistryProblem> _logged = [];
    private volatile CatalogSnapshot _current = CatalogSnapshot.Unknown;
    private Action? _changed;

    /// <inheritdoc/>
    public CatalogSnapshot Current => _current;

    /// <inheritdoc/>
    public string Place => registry.Options.Root;

    /// <inheritdoc/>
    public IDisposable OnChange(Action changed)
    {
        lock (_lock)
        {
            _changed += changed;
        }

        return new Subscription(this, changed);
    }

    /// <inheritdoc/>
    public void Refuse(IReadOnlyList<(CatalogVersion Version, string Reason)> refused)
    {
        var known = new List<(VersionEntry Entry, string Reason)>(refused.Count);
        foreach (var (version, reason) in refused)
        {
            if (_entries.TryGetValue(version, out var entry))
            {
                known.Add((entry, reason));
            }
        }

        registry.Refuse(known);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not here: a slow mount must not hold the server back from listening, nor what a look finds have to wait for what comes after it, the sums of its files.
        var running = Task.Run(() => KeepUpToDateAsync(stoppingToken), CancellationToken.None);
        try
        {
            await foreach (var snapshot in registry.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (snapshot.Generation > 0)
                {
                    Publish(snapshot);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }

        await running.ConfigureAwait(false);
    }

    private async Task KeepUpToDateAsync(CancellationToken cancellation)
    {
        try
        {
            await registry.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception e)
        {
            // Without this nobody would learn why changes are not seen any more.
            Log.Failed(logger, e);
        }
    }

    private void Publish(RegistrySnapshot snapshot)
    {
        LogProblems(snapshot);
        _current = new CatalogSnapshot([.. snapshot.Models.Select(Convert)], snapshot.IsAway);
        Action? changed;
        lock (_lock)
        {
            changed = _changed;
        }

        changed?.Invoke();
    }

    // One object for one entry, so that what has not changed is recognized by reference.
    private CatalogModel Convert(ModelEntry model) => _models.GetValue(model, Make);

    private CatalogModel Make(ModelEntry model)
    {
        var unservable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var version in model.Unservable)
        {
            unservable[version.Version] = version.Reason;
        }

        return new CatalogModel(
            model.Name, [.. model.Versions.Select(Convert)], model.Latest is null ? null : Convert(model.Latest), unservable);
    }

    // One object for one entry, so that what was loaded is recognized by reference.
    private CatalogVersion Convert(VersionEntry entry) => _versions.GetValue(entry, e =>
    {
        var files = e.Artifacts;
        var source = new ModelSource
        {
            Directory = files.Directory,
            Artifacts = files.Entries,
            Labels = files.Labels,
            Threshold = files.Threshold,
            Features = files.Features,
            FeaturesEntry = files.FeaturesEntry,
            Columns = files.Columns is null ? null : [.. files.Columns.Select(column => new DeclaredColumn(column.Name, column.Type, column.IsRequired))],
            FunctionPaths = files.FunctionPaths,
            Functions = options.Functions,
        };
        var facts = new VersionFacts(e.Metadata.Json, e.Metadata.BestCvAccuracy, e.Metadata.TestAccuracy, e.Metadata.SavedAt);
        var converted = new CatalogVersion(e.Model, e.Version, files, source, facts, () => files.IsUnchanged(out var reason) ? null : reason);
        _entries.Add(converted, e);
        return converted;
    });

    private void LogProblems(RegistrySnapshot snapshot)
    {
        foreach (var problem in snapshot.Problems)
        {
            if (_logged.Add(problem))
            {
                Log.Problem(logger, problem.Path, problem.Message);
            }
        }

        _logged.IntersectWith(snapshot.Problems);
    }

    private sealed class Subscription(RegistryCatalog catalog, Action changed) : IDisposable
    {
        public void Dispose()
        {
            lock (catalog._lock)
            {
                catalog._changed -= changed;
            }
        }
    }
}
