namespace Skiff.Registry;

/// <summary>
/// Keeps a second publisher out of a model's folder. The lock belongs to the open file and goes with the process; the file itself stays. Python's
/// writers know nothing of it: what they do in <c>latest/</c> meanwhile is theirs.
/// </summary>
internal sealed class PublisherLock : IDisposable
{
    internal const string FileName = ".skiff-lock";

    private readonly FileStream _file;

    private PublisherLock(FileStream file) => _file = file;

    /// <exception cref="RegistryException">Another publisher is at work.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    internal static PublisherLock Take(string folder)
    {
        var path = Path.Join(folder, FileName);
        try
        {
            return new PublisherLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (DiskError.IsLocked(e))
        {
            throw new RegistryException($"Another publisher is at work in {folder} (it holds {FileName}). Try again when it is done.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
