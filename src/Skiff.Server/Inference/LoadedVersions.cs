namespace Skiff.Server;

/// <summary>
/// What is in memory, whoever asked for it: the versions that serve, and a few that were asked for by name. Those used last stay. A version that goes
/// is answered to the end for whoever holds it.
/// </summary>
/// <param name="loader">Reads them.</param>
/// <param name="metrics">Counts those that had to go.</param>
/// <param name="maximum">How many may stay beside those that serve.</param>
/// <param name="budget">How many bytes all may take; 0 for any number.</param>
/// <param name="stopping">Ends reading.</param>
internal sealed class LoadedVersions(VersionLoader loader, ServerMetrics metrics, int maximum, long budget, CancellationToken stopping)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, VersionSlot> _slots = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<VersionSlot> _evictable = [];
    private int _count;
    private long _bytes;

    /// <summary>How many are in memory.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>About how many bytes they take.</summary>
    internal long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The version if it is in memory, noting that it was asked for.</summary>
    internal LoadedVersion? Find(CatalogVersion version)
    {
        lock (_lock)
        {
            return _slots.TryGetValue(version.Files, out var slot) && slot.Use(loader.Now) is not null ? Bind(slot, version) : null;
        }
    }

    /// <summary>Reads a version, once for all who ask at the same time. What is answered may have had to go already; it is whole nevertheless.</summary>
    /// <param name="version">The version.</param>
    /// <param name="isPinned">Whether it stays until <see cref="Serve"/> says otherwise.</param>
    internal Task<LoadedVersion?> LoadAsync(CatalogVersion version, bool isPinned = false)
    {
        lock (_lock)
        {
            var slot = SlotOf(version);
            slot.IsPinned |= isPinned;
            if (slot.Use(loader.Now) is not null)
            {
                Track(slot);
                return Task.FromResult<LoadedVersion?>(Bind(slot, version));
            }

            return slot.Loading ??= LoadAsync(version, slot);
        }
    }

    /// <summary>The place of a version that answers from now on when none is asked for, in memory or not.</summary>
    /// <param name="version">The version.</param>
    /// <param name="isPinned">Whether it stays whatever the budget says.</param>
    internal VersionSlot Serve(CatalogVersion version, bool isPinned)
    {
        lock (_lock)
        {
            var slot = SlotOf(version);
            var isNew = !slot.Serves;
            slot.Serves = true;
            slot.IsPinned = isPinned;
            if (slot.Loaded is not null)
            {
                Bind(slot, version);
                if (isNew)
                {
                    loader.History.BeginServing(version);
                }
            }

            Track(slot);
            Evict();
            return slot;
        }
    }

    /// <summary>Keeps a version that serves although the registry offers another one by now: it might not be read again.</summary>
    internal void Pin(VersionSlot slot)
    {
        lock (_lock)
        {
            slot.IsPinned = true;
            Track(slot);
        }
    }

    /// <summary>Forgets a version that has served. Its place keeps what it holds, for those who found it before another one took over.</summary>
    internal void Release(VersionSlot slot)
    {
        lock (_lock)
        {
            slot.Serves = false;
            slot.IsPinned = false;
            if (slot.Loading is null)
            {
                Remove(slot);
            }
        }
    }

    /// <summary>Forgets versions that are not in the registry any more and do not serve.</summary>
    internal void KeepOnly(CatalogSnapshot wanted)
    {
        var files = new HashSet<object>(wanted.Models.SelectMany(m => m.Versions).Select(v => v.Files), ReferenceEqualityComparer.Instance);
        lock (_lock)
        {
            foreach (var gone in _slots.Values.Where(s => !s.Serves && s.Loading is null && !files.Contains(s.Files)).ToList())
            {
                Remove(gone);
            }
        }
    }

    private async Task<LoadedVersion?> LoadAsync(CatalogVersion version, VersionSlot slot)
    {
        // Off the caller's lock.
        await Task.Yield();
        LoadedVersion? loaded = null;
        try
        {
            loaded = await loader.LoadAsync(version, stopping).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                slot.Loading = null;
                Place(slot, loaded);
            }
        }

        return loaded;
    }

    private void Place(VersionSlot slot, LoadedVersion? loaded)
    {
        if (loaded is null)
        {
            if (!slot.Serves)
            {
                _slots.Remove(slot.Files);
            }

            return;
        }

        slot.Loaded = loaded;
        slot.Use(loader.Now);
        _count++;
        _bytes += loaded.Model.Size;
        if (slot.Serves)
        {
            loader.History.BeginServing(loaded.Entry);
        }

        Track(slot);
        Evict();
    }

    private VersionSlot SlotOf(CatalogVersion version)
    {
        if (!_slots.TryGetValue(version.Files, out var slot))
        {
            _slots.Add(version.Files, slot = new VersionSlot(version.Files));
        }

        return slot;
    }

    // Its files are the same, what is said of them may have changed.
    private LoadedVersion Bind(VersionSlot slot, CatalogVersion version)
    {
        var loaded = slot.Loaded!;
        return ReferenceEquals(loaded.Entry, version) ? loaded : slot.Loaded = loader.Bind(version, loaded.Model);
    }

    private void Track(VersionSlot slot)
    {
        if (slot.Loaded is not null && !slot.IsPinned)
        {
            _evictable.Add(slot);
        }
        else
        {
            _evictable.Remove(slot);
        }
    }

    private void Evict()
    {
        while (FindVictim() is { } slot)
        {
            metrics.Evictions.With(slot.Loaded!.Entry.Model).Increment();
            if (!slot.Serves)
            {
                Remove(slot);
                continue;
            }

            Leave(slot);
            slot.Loaded = null;
        }
    }

    private VersionSlot? FindVictim() =>
        budget > 0 && _bytes > budget ? _evictable.MinBy(static s => s.LastUse)
        : _evictable.Count(static s => !s.Serves) > maximum ? _evictable.Where(static s => !s.Serves).MinBy(static s => s.LastUse)
        : null;

    private void Remove(VersionSlot slot)
    {
        if (_slots.Remove(slot.Files) && slot.Loaded is not null)
        {
            Leave(slot);
        }
    }

    private void Leave(VersionSlot slot)
    {
        var loaded = slot.Loaded!;
        _evictable.Remove(slot);
        _count--;
        _bytes -= loaded.Model.Size;
        loader.History.EndServing(loaded.Entry, VersionState.Unloaded);
    }
}
