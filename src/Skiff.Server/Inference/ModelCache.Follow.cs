using Skiff.Registry;

namespace Skiff.Server;

/// <content>Follows the registry: models that have not changed are left alone, so that a change among thousands costs what one does.</content>
internal sealed partial class ModelCache
{
    /// <summary>Brings what serves in step with the registry.</summary>
    internal async Task FollowAsync(CancellationToken cancellation)
    {
        var wanted = _catalog.Current;
        if (ReferenceEquals(wanted, CatalogSnapshot.Unknown))
        {
            return;
        }

        List(wanted);
        _hasLooked = true;
        _hasBeenReady |= IsReady;
        await ReadAsync(cancellation).ConfigureAwait(false);
        _versions.KeepOnly(wanted);
        _hasBeenReady |= IsReady;
        if (wanted.Models.Count == 0)
        {
            Log.NoModel(_logger, _catalog.Place);
        }

        if (_isEager && _options.MemoryBudget > 0 && _versions.Bytes > _options.MemoryBudget)
        {
            Log.OverBudget(_logger, _versions.Bytes, _options.MemoryBudget);
        }
    }

    // All at once and without reading any, so that every version can be asked for while the first ones are read.
    private void List(CatalogSnapshot wanted)
    {
        var before = _table.States.ToDictionary(static s => s.Name, StringComparer.Ordinal);
        var states = new List<ModelState>(wanted.Models.Count);
        var hasNew = false;
        foreach (var model in wanted.Models)
        {
            if (!before.Remove(model.Name, out var state))
            {
                state = new ModelState(Arrange(model, null));
                hasNew = true;
            }
            else if (!ReferenceEquals(state.Current.Entry, model))
            {
                state.Current = Arrange(model, state.Current);
            }

            states.Add(state);
        }

        if (hasNew || before.Count > 0)
        {
            _table = new ServingTable(states, _options.ModelName);
        }

        foreach (var gone in before.Values)
        {
            Release(gone.Current.Slot);
            Log.ModelRemoved(_logger, gone.Name);
        }
    }

    // What answers stays until another one has been read.
    private ServingModel Arrange(CatalogModel model, ServingModel? before)
    {
        var slot = before?.Slot;
        if (model.Latest is not { } latest)
        {
            var reason = model.Unservable.Count == 0 ? null : string.Join("; ", model.Unservable.Select(u => $"version {u.Key}: {u.Value}"));
            return new ServingModel(model, Keep(slot), reason ?? "it has no version yet");
        }

        var refused = before?.Refused is { } newer && IsStillRefused(newer) ? newer : null;
        if (ReferenceEquals(slot?.Files, latest.Files))
        {
            slot = _versions.Serve(latest, _isEager);
        }
        else if (slot?.Loaded is not null)
        {
            slot = Keep(slot);
        }
        else
        {
            Release(slot);
            slot = _isEager ? null : _versions.Serve(latest, isPinned: false);
        }

        return new ServingModel(model, slot, Problem(refused), refused);
    }

    private VersionSlot? Keep(VersionSlot? slot)
    {
        if (slot is not null)
        {
            _versions.Pin(slot);
        }

        return slot;
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        // Told all at once: the registry looks through its folder for each time that it is told.
        var refused = new List<(CatalogVersion Version, string Reason)>();
        var isPassing = false;
        foreach (var state in _table.States)
        {
            if (FindUnread(state.Current) is not { } latest || (!_loader.IsPassing(latest) && await ReadAsync(state, latest, cancellation).ConfigureAwait(false)))
            {
                continue;
            }

            if (_loader.IsPassing(latest))
            {
                // The registry is not told: these files are not at fault, and it would leave them out until they change.
                isPassing = true;
            }
            else
            {
                refused.Add((latest, WhyRefused(latest) ?? "it could not be read"));
            }
        }

        if (isPassing && _retry.IsCompleted)
        {
            _retry = WakeForRetryAsync(cancellation);
        }

        if (refused.Count > 0)
        {
            _catalog.Refuse(refused);
        }
    }

    private CatalogVersion? FindUnread(ServingModel model)
    {
        if (model.Entry.Latest is not { } latest || ReferenceEquals(model.Refused?.Files, latest.Files))
        {
            return null;
        }

        // What has its place already is read when it is asked for.
        var isPlaced = ReferenceEquals(model.Slot?.Files, latest.Files);
        var isWanted = !isPlaced || (model.Slot!.Loaded is null && WhyRefused(latest) is not null);
        return isWanted ? latest : null;
    }

    private async Task<bool> ReadAsync(ModelState state, CatalogVersion latest, CancellationToken cancellation)
    {
        var before = state.Current;
        var old = ReferenceEquals(before.Slot?.Files, latest.Files) ? null : before.Slot;
        if (await _versions.LoadAsync(latest, isPinned: true).WaitAsync(cancellation).ConfigureAwait(false) is null)
        {
            state.Current = new ServingModel(before.Entry, before.Slot, Problem(latest), _loader.IsPassing(latest) ? null : latest);
            if (old?.Loaded is { } kept)
            {
                Log.LastGoodKept(_logger, latest.Model, latest.Version, kept.Entry.Version);
            }

            return false;
        }

        // Served for want of the refused one, or published after it.
        var refused = before.Refused is { } newer && VersionOrder.Instance.Compare(newer.Version, latest.Version) > 0 ? newer : null;
        var slot = _versions.Serve(latest, _isEager);
        NoteSwap(latest, old?.Loaded);
        state.Current = new ServingModel(before.Entry, slot, Problem(refused), refused);
        Release(old);
        return true;
    }

    private void Release(VersionSlot? slot)
    {
        if (slot is not null)
        {
            _versions.Release(slot);
        }
    }

    // The registry goes back to what it offered before, and does not tell that from what was asked for.
    private bool IsStillRefused(CatalogVersion version) => WhyRefused(version) is not null && version.FindChange() is null;

    private string? Problem(CatalogVersion? refused) => refused is null ? null : $"version {refused.Version} was refused: {WhyRefused(refused)}";

    private void NoteSwap(CatalogVersion latest, LoadedVersion? before)
    {
        _metrics.Swaps.With(latest.Model).Increment();
        if (before is null)
        {
            Log.FirstServed(_logger, latest.Model, latest.Version);
        }
        else
        {
            Log.Swapped(_logger, latest.Model, latest.Version, before.Entry.Version);
        }
    }
}
