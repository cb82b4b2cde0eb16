using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Skiff.Server;

/// <summary>
/// Keeps what serves in step with the registry. What should be in memory is read in the background, when the server starts and when the registry
/// changes, and takes over by one reference once it is whole; what cannot be read leaves the last good one in place. A lazy server reads in the
/// background only what replaces a version in memory; everything else when it is first asked for.
/// </summary>
internal sealed partial class ModelCache : BackgroundService
{
    // A message is for people; thousands of names in it help nobody.
    private const int MostProblems = 10;

    private readonly ICatalog _catalog;
    private readonly VersionLoader _loader;
    private readonly ServerMetrics _metrics;
    private readonly SkiffOptions _options;
    private readonly ILogger<ModelCache> _logger;
    private readonly SemaphoreSlim _changed = new(1, 1);
    private readonly CancellationTokenSource _disposing = new();
    private readonly LoadedVersions _versions;
    private readonly bool _isEager;
    private volatile ServingTable _table;
    private volatile bool _hasLooked;
    private volatile bool _hasBeenReady;
    private Task _retry = Task.CompletedTask;
    private bool _isDisposed;

    public ModelCache(ICatalog catalog, VersionLoader loader, ServerMetrics metrics, SkiffOptions options, ILogger<ModelCache> logger)
    {
        _catalog = catalog;
        _loader = loader;
        _metrics = metrics;
        _options = options;
        _logger = logger;
        _isEager = options.Load == LoadMode.Eager;
        _versions = new LoadedVersions(loader, metrics, options.LoadedVersions, options.MemoryBudget, _disposing.Token);
        _table = new ServingTable([], options.ModelName);
    }

    /// <summary>Which version of which model answers now.</summary>
    internal ServingTable Table => _table;

    /// <summary>What is in memory.</summary>
    internal LoadedVersions Versions => _versions;

    /// <summary>Whether requests can be answered: every model has a version in memory or, where they are read when they are asked for, all are known.</summary>
    internal bool IsReady
    {
        get
        {
            var table = _table;
            return _hasLooked && table.Count > 0 && (!_isEager || table.Models.All(static m => m.Serving is not null));
        }
    }

    /// <summary>Whether it has been ready once.</summary>
    internal bool HasBeenReady => _hasBeenReady;

    /// <summary>Whether the registry was looked through once.</summary>
    internal bool HasLooked => _hasLooked;

    /// <summary>Whether the registry is not there, and what was in memory goes on answering.</summary>
    internal bool IsAway => _catalog.Current.IsAway;

    /// <summary>Where models are looked for, for messages.</summary>
    internal string Place => _catalog.Place;

    /// <summary>Why it is not ready, for people; null where it is.</summary>
    internal string? WhyNotReady()
    {
        var table = _table;
        if (!_hasLooked)
        {
            return "still looking through the registry";
        }

        if (table.Count == 0)
        {
            return $"no model in {_catalog.Place} yet: put {_catalog.Place.TrimEnd('/')}/latest/model.joblib there";
        }

        var missing = _isEager ? table.Models.Where(static m => m.Serving is null).ToList() : [];
        if (missing.Count == 0)
        {
            return null;
        }

        var text = string.Join("; ", missing.Take(MostProblems).Select(static m => $"{m.Name}: {m.Problem ?? "still loading"}"));
        return missing.Count <= MostProblems ? text : $"{text}; and {missing.Count - MostProblems} more";
    }

    /// <summary>The version if it is in memory, noting that it was asked for.</summary>
    internal LoadedVersion? FindLoaded(ServingModel model, CatalogVersion version) =>
        ReferenceEquals(model.Slot?.Files, version.Files) ? model.Slot.Use(_loader.Now) : _versions.Find(version);

    /// <summary>What is to be read before a model that is not in memory can answer; null where nothing can be.</summary>
    internal CatalogVersion? FindLoadable(ServingModel model) =>
        !_isEager && model.Entry.Latest is { } latest && WhyRefused(latest) is null ? latest : null;

    /// <summary>The version that answers when none is asked for, in memory or not; null where none can.</summary>
    internal CatalogVersion? FindAnswering(ServingModel model) => model.Serving?.Entry ?? FindLoadable(model);

    /// <summary>Why a model does not answer.</summary>
    internal CallException NotServing(ServingModel model) =>
        model.Entry.Latest is { } latest && WhyRefused(latest) is not null
            ? Refusal(latest)
            : new CallException(FailureReason.NotReady, $"model '{model.Name}' is not loaded yet: {model.Problem ?? "still loading"}");

    /// <summary>Why a version was refused when it was read; null where it was not.</summary>
    internal string? WhyRefused(CatalogVersion version) => _loader.WhyRefused(version);

    /// <summary>What is said to whoever asks for a version that could not be read.</summary>
    internal CallException Refusal(CatalogVersion version)
    {
        var reason = WhyRefused(version) ?? "its files cannot be read";
        return _loader.IsPassing(version)
            ? new CallException(FailureReason.NotReady, $"Model version '{version.Version}' cannot be read now, and is tried again soon: {reason}")
            : DataPlane.Refused(version.Version, reason);
    }

    /// <summary>What happened last to a version.</summary>
    internal VersionStatus Status(CatalogVersion version) => _loader.History.Last(version);

    /// <summary>Reads a version that is asked for. Requests for the same one wait for the same work.</summary>
    internal async Task<LoadedVersion?> LoadAsync(CatalogVersion version)
    {
        var loaded = await _versions.LoadAsync(version).ConfigureAwait(false);
        if (loaded is null)
        {
            // It may be one that should serve: the registry offers the last good one then.
            Wake();
        }

        return loaded;
    }

    /// <summary>The version that answers when none is asked for, read if it must be.</summary>
    /// <exception cref="CallException">There is none.</exception>
    internal async Task<LoadedVersion> LoadServingAsync(ServingModel model, CancellationToken cancellation) =>
        model.Serving
        ?? (FindLoadable(model) is { } version ? await LoadAsync(version).WaitAsync(cancellation).ConfigureAwait(false) : null)
        ?? throw NotServing(model);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            // As a hosted service and as what it is.
            return;
        }

        _disposing.Cancel();
        _disposing.Dispose();
        _changed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = _catalog.OnChange(Wake);
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

    private async Task TryFollowAsync(CancellationToken cancellation)
    {
        try
        {
            await FollowAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What serves goes on serving, and the next change is followed again.
            Log.FollowFailed(_logger, e);
        }
    }

    private async Task WakeForRetryAsync(CancellationToken cancellation)
    {
        try
        {
            await _loader.UntilRetryAsync(cancellation).ConfigureAwait(false);
            Wake();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
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
