namespace Skiff.Registry;

/// <summary>
/// Sums of files by their stamps. Only settled files belong in here: a file that is still being written can change without its stamp
/// changing, within one tick of the file system's clock.
/// </summary>
internal sealed class HashCache
{
    private readonly Dictionary<string, (FileStamp Stamp, string Hash, long Look)> _byPath = new(StringComparer.Ordinal);
    private long _look;

    /// <summary>How often a file was really read; for tests.</summary>
    internal int Computed { get; private set; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    internal string Get(FileStamp stamp)
    {
        if (_byPath.TryGetValue(stamp.RealPath, out var known) && known.Stamp with { Name = stamp.Name } == stamp)
        {
            _byPath[stamp.RealPath] = known with { Look = _look };
            return known.Hash;
        }

        Computed++;
        var hash = FileHash.Compute(stamp.RealPath);
        _byPath[stamp.RealPath] = (stamp, hash, _look);
        return hash;
    }

    internal string? Peek(FileStamp stamp) =>
        _byPath.TryGetValue(stamp.RealPath, out var known) && known.Stamp with { Name = stamp.Name } == stamp ? known.Hash : null;

    /// <summary>Forgets the sums of files that are no longer there.</summary>
    internal void Sweep()
    {
        _look++;
        if (_look % 256 != 0)
        {
            return;
        }

        foreach (var (path, known) in _byPath)
        {
            if (_look - known.Look > 256 && !File.Exists(path))
            {
                _byPath.Remove(path);
            }
        }
    }
}
