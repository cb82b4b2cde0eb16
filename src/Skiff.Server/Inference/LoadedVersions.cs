namespace Skiff.Server;

/// <summary>Versions in memory that do not serve unless they are asked for by name: a few, those used last.</summary>
internal sealed class LoadedVersions(VersionLoader loader, int maximum)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Slot> _slots = new(ReferenceEqualityComparer.Instance);
    private long _uses;

    internal LoadedVersion? Find(CatalogVersion version)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(version.Files, out var slot) || slot.Loaded is null)
            {
                return null;
            }

            slot.LastUse = ++_uses;
            if (!ReferenceEquals(slot.Loaded.Entry, version))
            {
                slot.Loaded = loader.Bind(version, slot.Loaded.Model);
            }

            return slot.Loaded;
        }
    }

    /// <summary>Reads a version, once for all who ask at the same time.</summary>
    internal Task<LoadedVersion?> LoadAsync(CatalogVersion version)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(version.Files, out var slot))
            {
                slot.LastUse = ++_uses;
                return slot.Loading;
            }

            slot = new Slot { LastUse = ++_uses };
            _slots.Add(version.Files, slot);
            slot.Loading = LoadAsync(version, slot);
            return slot.Loading;
        }
    }

    /// <summary>Hands a version over to whoever serves it from now on.</summary>
    internal LoadedVersion? Take(CatalogVersion version)
    {
        var loaded = Find(version);
        if (loaded is not null)
        {
            lock (_lock)
            {
                _slots.Remove(version.Files);
            }
        }

        return loaded;
    }

    /// <summary>Forgets versions that are not in the registry any more.</summary>
    internal void KeepOnly(CatalogSnapshot wanted)
    {
        var files = new HashSet<object>(wanted.Models.SelectMany(m => m.Versions).Select(v => v.Files), ReferenceEqualityComparer.Instance);
        lock (_lock)
        {
            foreach (var gone in _slots.Where(s => s.Value.Loaded is not null && !files.Contains(s.Key)).Select(s => s.Key).ToList())
            {
                _slots.Remove(gone);
            }
        }
    }

    private async Task<LoadedVersion?> LoadAsync(CatalogVersion version, Slot slot)
    {
        // Off the caller's lock.
        await Task.Yield();
        LoadedVersion? loaded = null;
        try
        {
            loaded = await loader.LoadAsync(version, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                slot.Loaded = loaded;
                if (loaded is null)
                {
                    _slots.Remove(version.Files);
                }

                Evict();
            }
        }

        return loaded;
    }

    private void Evict()
    {
        while (true)
        {
            var loaded = _slots.Where(s => s.Value.Loaded is not null).ToList();
            if (loaded.Count <= maximum)
            {
                return;
            }

            var (files, slot) = loaded.MinBy(s => s.Value.LastUse);
            _slots.Remove(files);
            loader.History.Note(slot.Loaded!.Entry, VersionState.Unloaded);
        }
    }

    private sealed class Slot
    {
        internal LoadedVersion? Loaded { get; set; }

        internal Task<LoadedVersion?> Loading { get; set; } = null!;

        internal long LastUse { get; set; }
    }
}
