using System.Runtime.CompilerServices;

namespace Skiff.Server;

/// <summary>What happened last to each version: to one state of its files, so that files which change begin anew, and those that go are forgotten.</summary>
internal sealed class VersionHistory(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<object, VersionStatus> _last = [];

    internal VersionStatus Last(CatalogVersion version) => _last.TryGetValue(version.Files, out var status) ? status : VersionStatus.NotLoaded;

    /// <summary>Notes what happened to a version. One that serves goes on serving, whoever reads it once more or drops that copy of it.</summary>
    internal void Note(CatalogVersion version, VersionState state, string? reason = null)
    {
        lock (_lock)
        {
            if (Last(version).State != VersionState.Serving)
            {
                Set(version, state, reason);
            }
        }
    }

    /// <summary>Notes that a version answers from now on when none is asked for.</summary>
    internal void BeginServing(CatalogVersion version)
    {
        lock (_lock)
        {
            Set(version, VersionState.Serving);
        }
    }

    /// <summary>Notes that a version does so no more.</summary>
    internal void EndServing(CatalogVersion version, VersionState state)
    {
        lock (_lock)
        {
            Set(version, state);
        }
    }

    private void Set(CatalogVersion version, VersionState state, string? reason = null) =>
        _last.AddOrUpdate(version.Files, new VersionStatus(state, time.GetUtcNow(), reason));
}
