namespace Skiff.Registry;

/// <summary>
/// One recursive watch on the root. It may fail (too few inotify watches), go blind (network mounts) or lose its folder (a volume that comes
/// loose); polling finds what it misses, and says nothing about who is right.
/// </summary>
internal sealed class RegistryWatcher(RegistryOptions options, Action signal) : IDisposable
{
    private FileSystemWatcher? _watcher;
    private volatile string? _problem;

    internal bool IsWatching => _watcher is not null;

    /// <summary>Makes the watch where it is missing and possible.</summary>
    /// <returns>Why it is not possible, or null.</returns>
    internal string? Ensure()
    {
        if (!options.Watch)
        {
            return null;
        }

        if (!Directory.Exists(options.Root))
        {
            // A watch on a folder that is gone stays with the old folder when a new one takes its place.
            Drop();
            _problem = null;
        }
        else if (_problem is not null)
        {
            Drop();
        }
        else if (_watcher is null)
        {
            Start();
        }

        return _problem;
    }

    public void Dispose() => Drop();

    private void Start()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(options.Root)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += (_, _) => signal();
            watcher.Created += (_, _) => signal();
            watcher.Deleted += (_, _) => signal();
            watcher.Renamed += (_, _) => signal();
            watcher.Error += (_, error) => OnError(error.GetException());
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            Fail(e);
        }
    }

    private void OnError(Exception e)
    {
        // Overflow only means that notifications were lost: a look finds what they said.
        if (e is not InternalBufferOverflowException)
        {
            Fail(e);
        }

        signal();
    }

    private void Fail(Exception e) =>
        _problem = RegistryProblem.Bound(
            $"the folder cannot be watched ({e.Message}); it is looked through every {options.PollInterval.TotalMilliseconds:0} ms");

    private void Drop()
    {
        _watcher?.Dispose();
        _watcher = null;
    }
}
