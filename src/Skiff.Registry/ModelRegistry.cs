using System.Runtime.CompilerServices;

namespace Skiff.Registry;

/// <summary>
/// A folder of models, kept up to date. <see cref="Current"/> is one volatile reference to an immutable snapshot; requests read it and never
/// wait. <see cref="RunAsync"/> looks through the folder whenever something changed in it.
/// </summary>
/// <remarks>
/// A consumer loads <see cref="ModelEntry.Latest"/> when it changes, keeps what it has until that is loaded, and says <see cref="Refuse(VersionEntry, string)"/> when it
/// cannot be: the registry then offers the last good version again.
/// </remarks>
public sealed class ModelRegistry
{
    /// <summary>A look may take this part of the time between two looks.</summary>
    private const int MaxLoad = 20;

    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly RegistryScanner _scanner;
    private readonly Lock _gate = new();
    private readonly RegistrySignal _signal = new();
    private volatile RegistrySnapshot _current = RegistrySnapshot.Empty;
    private volatile TaskCompletionSource _changed = NewSource();
    private TimeSpan? _nextLook;
    private TimeSpan _lookTook;
    private string? _watchProblem;

    /// <summary>Makes a registry. No file is touched before <see cref="Refresh"/> or <see cref="RunAsync"/>.</summary>
    /// <param name="options">What to read, and how.</param>
    /// <param name="time">The clock, or null for the system's.</param>
    /// <exception cref="ArgumentException">The root or the model's name is empty, or a time is negative.</exception>
    public ModelRegistry(RegistryOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Root, nameof(options));
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ModelName, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SettleTime, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.PollInterval, TimeSpan.Zero, nameof(options));
        Options = options;
        _time = time ?? TimeProvider.System;
        _scanner = new RegistryScanner(options, _time);
    }

    /// <summary>What was asked for.</summary>
    public RegistryOptions Options { get; }

    /// <summary>What serves now.</summary>
    public RegistrySnapshot Current => _current;

    internal HashCache Hashes => _scanner.Hashes;

    /// <summary>How long until something that was seen changing may have settled; null when nothing was.</summary>
    internal TimeSpan? NextLook => _nextLook;

    /// <summary>Looks through the folder now.</summary>
    /// <returns>The snapshot that serves from now on; the same as before when nothing changed.</returns>
    public RegistrySnapshot Refresh()
    {
        lock (_gate)
        {
            var start = _time.GetTimestamp();
            var next = _scanner.Scan(_current.Generation + 1, out _nextLook);
            _lookTook = _time.GetElapsedTime(start);
            Publish(_watchProblem is null ? next : next.With(new RegistryProblem(null, null, ".", _watchProblem)));
            _scanner.TakeSums();
            return _current;
        }
    }

    /// <summary>
    /// Says that a version cannot be loaded. Its files are not offered again until they change; the last good version is, where it was
    /// offered before.
    /// </summary>
    /// <param name="entry">The version, from a snapshot.</param>
    /// <param name="reason">What is wrong with it; meant for the caller.</param>
    /// <returns>The snapshot that serves from now on.</returns>
    public RegistrySnapshot Refuse(VersionEntry entry, string reason)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return Refuse([(entry, reason)]);
    }

    /// <summary>Says the same of several, and looks through the folder once for all.</summary>
    /// <param name="refused">The versions, from a snapshot, and what is wrong with each.</param>
    /// <returns>The snapshot that serves from now on.</returns>
    public RegistrySnapshot Refuse(IEnumerable<(VersionEntry Entry, string Reason)> refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        lock (_gate)
        {
            foreach (var (entry, reason) in refused)
            {
                _scanner.Refuse(entry, reason);
            }
        }

        return Refresh();
    }

    /// <summary>Keeps the snapshot up to date until it is cancelled. To be called once.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var watcher = new RegistryWatcher(Options, _signal.Set);

        // Before there is a watch, which takes longer to make than a look does. What changes until then is found by the look after it.
        Refresh();
        while (true)
        {
            _watchProblem = watcher.Ensure();
            Refresh();
            await WaitAsync(watcher.IsWatching, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Yields the current snapshot, then every newer one; a slow reader skips to the newest.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<RegistrySnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        RegistrySnapshot? seen = null;
        while (true)
        {
            // Taken before the snapshot is read, so that no change falls in between.
            var changed = _changed;
            var current = _current;
            if (!ReferenceEquals(seen, current))
            {
                seen = current;
                yield return current;
                continue;
            }

            await changed.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(bool isWatching, CancellationToken cancellation)
    {
        var pause = TimeSpan.FromTicks(Math.Max(Options.PollInterval.Ticks, MaxLoad * _lookTook.Ticks));
        if (_nextLook is { } next && next < pause)
        {
            pause = next;
        }

        if (await _signal.WaitAsync(pause, _time, cancellation).ConfigureAwait(false) && isWatching)
        {
            // Writers come in bursts: one look after a burst, not one a write.
            await Task.Delay(Debounce, _time, cancellation).ConfigureAwait(false);
            _signal.Reset();
        }
    }

    private void Publish(RegistrySnapshot next)
    {
        // That there is nothing is news too, the first time.
        if (_current.Generation > 0 && _current.SameAs(next))
        {
            return;
        }

        _current = next;
        var changed = _changed;
        _changed = NewSource();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
