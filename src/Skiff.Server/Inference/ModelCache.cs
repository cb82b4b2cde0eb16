using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skiff.Registry;

namespace Skiff.Server;

/// <summary>
/// Keeps what serves in step with the registry. Each model's serving version is read in the background, when the server starts and when the registry
/// changes, and takes over by one reference once it is whole; what cannot be read leaves the last good one in place.
/// </summary>
internal sealed partial class ModelCache(
    ICatalog catalog, VersionLoader loader, ServerMetrics metrics, SkiffOptions options, ILogger<ModelCache> logger) : BackgroundService
{
    private readonly SemaphoreSlim _changed = new(1, 1);
    private readonly LoadedVersions _others = new(loader, options.LoadedVersions);
    private volatile ServingTable _table = new([], options.ModelName);
    private volatile bool _hasLooked;
    private volatile bool _hasBeenReady;

    /// <summary>Which version of which model answers now.</summary>
    internal ServingTable Table => _table;

    /// <summary>Whether every model that is wanted has a version that answers.</summary>
    internal bool IsReady => _hasLooked && _table.IsReady;

    /// <summary>Whether it has been ready once.</summary>
    internal bool HasBeenReady => _hasBeenReady;

    /// <summary>Whether the registry was looked through once.</summary>
    internal bool HasLooked => _hasLooked;

    /// <summary>Where models are looked for, for messages.</summary>
    internal string Place => catalog.Place;

    /// <summary>Why it is not ready, for people; null where it is.</summary>
    internal string? WhyNotReady()
    {
        var table = _table;
        if (!_hasLooked)
        {
            return "still looking through the registry";
        }

        if (table.Models.Count == 0)
        {
            return $"no model in {catalog.Place} yet: put {catalog.Place.TrimEnd('/')}/latest/model.joblib there";
        }

        var problems = table.Models.Where(m => m.Serving is null).Select(m => $"{m.Name}: {m.Problem ?? "still loading"}");
        var text = string.Join("; ", problems);
        return text.Length == 0 ? null : text;
    }

    /// <summary>The version if it is in memory.</summary>
    internal LoadedVersion? FindLoaded(ServingModel model, CatalogVersion version) =>
        model.Serving is { } serving && ReferenceEquals(serving.Entry.Files, version.Files) ? serving : _others.Find(version);

    /// <summary>Why a version was refused when it was read; null where it was not.</summary>
    internal string? WhyRefused(CatalogVersion version) => loader.WhyRefused(version);

    /// <summary>What happened last to a version.</summary>
    internal VersionStatus Status(CatalogVersion version) => loader.History.Last(version);

    /// <summary>Reads a version that is asked for by name. Requests for the same one wait for the same work.</summary>
    internal Task<LoadedVersion?> LoadAsync(CatalogVersion version) => _others.LoadAsync(version);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = catalog.OnChange(Wake);
        try
        {
            while (true)
            {
                await _changed.WaitAsync(stoppingToken).ConfigureAwait(false);
                await TryFollowAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>Brings what serves in step with the registry.</summary>
    internal async Task FollowAsync(CancellationToken cancellation)
    {
        var wanted = catalog.Current;
        if (ReferenceEquals(wanted, CatalogSnapshot.Unknown))
        {
            return;
        }

        Remove(wanted);
        foreach (var model in wanted.Models)
        {
            var before = _table.Models.FirstOrDefault(m => m.Name == model.Name);
            Publish(await FollowAsync(model, before, cancellation).ConfigureAwait(false));
        }

        _others.KeepOnly(wanted);
        _hasLooked = true;
        _hasBeenReady |= _table.IsReady;
        if (wanted.Models.Count == 0)
        {
            Log.NoModel(logger, catalog.Place);
        }
    }

    private async Task TryFollowAsync(CancellationToken cancellation)
    {
        try
        {
            await FollowAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What serves goes on serving, and the next change is followed again.
            Log.FollowFailed(logger, e);
        }
    }

    private async Task<ServingModel> FollowAsync(CatalogModel model, ServingModel? before, CancellationToken cancellation)
    {
        var current = before?.Serving;
        var refused = before?.Refused is { } newer && IsStillRefused(newer) ? newer : null;
        if (model.Latest is not { } latest)
        {
            var reason = model.Unservable.Count == 0 ? null : string.Join("; ", model.Unservable.Select(u => $"version {u.Key}: {u.Value}"));
            return new ServingModel(model, current, reason ?? "it has no version yet");
        }

        if (current is not null && ReferenceEquals(current.Entry.Files, latest.Files))
        {
            var serving = ReferenceEquals(current.Entry, latest) ? current : loader.Bind(latest, current.Model);
            return new ServingModel(model, serving, Problem(refused), refused);
        }

        if (current is null)
        {
            // Its other versions can be asked for while this one is read.
            Publish(new ServingModel(model, null, null, refused));
        }

        var loaded = _others.Take(latest) ?? await loader.LoadAsync(latest, cancellation).ConfigureAwait(false);
        if (loaded is not null)
        {
            NoteSwap(latest, current);

            // Served for want of the refused one, or published after it.
            refused = refused is not null && VersionOrder.Instance.Compare(refused.Version, latest.Version) > 0 ? refused : null;
            return new ServingModel(model, loaded, Problem(refused), refused);
        }

        catalog.Refuse(latest, loader.WhyRefused(latest) ?? "it could not be read");
        if (current is not null)
        {
            Log.LastGoodKept(logger, model.Name, latest.Version, current.Entry.Version);
        }

        return new ServingModel(model, current, Problem(latest), latest);
    }

    // The registry goes back to what it offered before, and does not tell that from what was asked for.
    private bool IsStillRefused(CatalogVersion version) => loader.WhyRefused(version) is not null && version.FindChange() is null;

    private string? Problem(CatalogVersion? refused) => refused is null ? null : $"version {refused.Version} was refused: {loader.WhyRefused(refused)}";

    private void NoteSwap(CatalogVersion latest, LoadedVersion? before)
    {
        metrics.Swaps.With(latest.Model).Increment();
        loader.History.BeginServing(latest);
        if (before is null)
        {
            Log.FirstServed(logger, latest.Model, latest.Version);
        }
        else
        {
            EndServing(before.Entry);
            Log.Swapped(logger, latest.Model, latest.Version, before.Entry.Version);
        }
    }

    // Whoever asked for it by name while it was read the first time may have had it read once more.
    private void EndServing(CatalogVersion version) =>
        loader.History.EndServing(version, _others.Find(version) is null ? VersionState.Unloaded : VersionState.Loaded);

    private void Publish(ServingModel model)
    {
        var models = _table.Models.Where(m => m.Name != model.Name).Append(model).OrderBy(m => m.Name, StringComparer.Ordinal);
        _table = new ServingTable([.. models], options.ModelName);
    }

    private void Remove(CatalogSnapshot wanted)
    {
        var names = wanted.Models.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var gone = _table.Models.Where(m => !names.Contains(m.Name)).ToList();
        if (gone.Count > 0)
        {
            _table = new ServingTable([.. _table.Models.Where(m => names.Contains(m.Name))], options.ModelName);
            foreach (var model in gone)
            {
                if (model.Serving is { } serving)
                {
                    EndServing(serving.Entry);
                }

                Log.ModelRemoved(logger, model.Name);
            }
        }
    }

    private void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or the server has stopped.
        }
    }
}
