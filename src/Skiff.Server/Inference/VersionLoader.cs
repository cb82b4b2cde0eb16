using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Skiff.Models;

namespace Skiff.Server;

/// <summary>
/// Reads versions from their files, one at a time, so that the memory that reading takes is bounded. Files that were refused are not read again until
/// they change; where it was not the files' own fault (a mount that came loose, no memory left), they are tried again after a while.
/// </summary>
internal sealed partial class VersionLoader(
    IModelLoader loader, ServerMetrics metrics, SkiffOptions options, TimeProvider time, ILogger<VersionLoader> logger) : IDisposable
{
    /// <summary>After how long files are tried again that could not be read for a reason that may pass.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConditionalWeakTable<object, Refusal> _refused = [];

    /// <summary>What happened last to each version.</summary>
    internal VersionHistory History { get; } = new(time);

    /// <summary>The time by which uses are ordered.</summary>
    internal long Now => time.GetTimestamp();

    /// <summary>Why a version's files were refused; null where they were not, or may be tried again.</summary>
    internal string? WhyRefused(CatalogVersion version) => Find(version)?.Reason;

    /// <summary>Whether they were refused for a reason that may pass.</summary>
    internal bool IsPassing(CatalogVersion version) => Find(version) is { IsPassing: true };

    /// <summary>Waits until such files may be tried again.</summary>
    internal Task UntilRetryAsync(CancellationToken cancellation) => Task.Delay(RetryAfter, time, cancellation);

    /// <summary>Reads a version.</summary>
    /// <returns>It, or null where its files cannot be served: <see cref="WhyRefused"/> says why.</returns>
    internal async Task<LoadedVersion?> LoadAsync(CatalogVersion version, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // A thread of its own: a large model takes seconds, and the pool's threads are for requests.
            return await Task.Factory.StartNew(
                () => Load(version, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private LoadedVersion? Load(CatalogVersion version, CancellationToken cancellation)
    {
        if (WhyRefused(version) is not null)
        {
            return null;
        }

        var start = time.GetTimestamp();
        History.Note(version, VersionState.Loading);
        try
        {
            var model = loader.Load(version.Source, cancellation);
            if (version.FindChange() is { } change)
            {
                return Refuse(version, change, null, isPassing: true);
            }

            if (options.MemoryBudget > 0 && model.Size > options.MemoryBudget)
            {
                return Refuse(version, TooLarge(model.Size), null, isPassing: false);
            }

            var loaded = Bind(version, model);
            var duration = time.GetElapsedTime(start);
            metrics.Loads.With(version.Model, "ok").Increment();
            metrics.LoadDurations.With(version.Model).Record(duration);
            History.Note(version, VersionState.Loaded);
            Log.Loaded(logger, version.Model, version.Version, model.Signature.Producer, duration.TotalMilliseconds);
            return loaded;
        }
        catch (ModelLoadException e)
        {
            return Refuse(version, e.Message, e.InnerException, isPassing: version.FindChange() is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(version, $"its files cannot be read: {e.Message}", null, isPassing: true);
        }
        catch (OutOfMemoryException e)
        {
            return Refuse(version, "there was not enough memory to read it", e, isPassing: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug of a loader must not end the server, nor the last good version.
            return Refuse(version, $"the loader failed: {e.GetType().Name}: {e.Message}", e, isPassing: false);
        }
    }

    internal LoadedVersion Bind(CatalogVersion version, IModel model) =>
        new(version, model, new VersionMetrics(metrics.Durations, version.Model, version.Version));

    private string TooLarge(long size) => string.Create(
        CultureInfo.InvariantCulture,
        $"it takes about {size} bytes of memory, more than --memory-budget (SKIFF_MEMORY_BUDGET) allows: {options.MemoryBudget}");

    private Refusal? Find(CatalogVersion version) =>
        _refused.TryGetValue(version.Files, out var refusal) && !(refusal.IsPassing && time.GetElapsedTime(refusal.At) >= RetryAfter) ? refusal : null;

    private LoadedVersion? Refuse(CatalogVersion version, string reason, Exception? exception, bool isPassing)
    {
        _refused.AddOrUpdate(version.Files, new Refusal(reason, isPassing, time.GetTimestamp()));
        History.Note(version, VersionState.Refused, reason);
        metrics.Loads.With(version.Model, "refused").Increment();
        Log.Refused(logger, version.Model, version.Version, reason, exception);
        return null;
    }

    private sealed record Refusal(string Reason, bool IsPassing, long At);
}
