namespace Skiff.Server;

/// <summary>The place in memory of one state of a version's files: taken or empty. What requests do with it needs no lock.</summary>
/// <param name="files">Stands for the files: <see cref="CatalogVersion.Files"/>.</param>
internal sealed class VersionSlot(object files)
{
    private volatile LoadedVersion? _loaded;
    private long _lastUse;

    internal object Files => files;

    /// <summary>The version while it is in memory. Written by <see cref="LoadedVersions"/> alone.</summary>
    internal LoadedVersion? Loaded
    {
        get => _loaded;
        set => _loaded = value;
    }

    /// <summary>When it was asked for last. Of uses at the same time any may win.</summary>
    internal long LastUse => Volatile.Read(ref _lastUse);

    /// <summary>The work of reading it; null while nobody does. Under the lock of <see cref="LoadedVersions"/>, as is what follows.</summary>
    internal Task<LoadedVersion?>? Loading { get; set; }

    /// <summary>Whether it is what answers when no version is asked for.</summary>
    internal bool Serves { get; set; }

    /// <summary>Whether it stays whatever the budget says.</summary>
    internal bool IsPinned { get; set; }

    /// <summary>The version if it is in memory, noting that it was asked for.</summary>
    internal LoadedVersion? Use(long now)
    {
        Volatile.Write(ref _lastUse, now);
        return _loaded;
    }
}
