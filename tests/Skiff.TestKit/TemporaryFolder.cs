namespace Skiff.TestKit;

/// <summary>A folder of a test's own, gone with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("skiff-test-").FullName;

    /// <summary>Copies a file into the folder and returns its new path.</summary>
    public string Copy(string file, string name)
    {
        var copy = System.IO.Path.Combine(Path, name);
        File.Copy(file, copy);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
