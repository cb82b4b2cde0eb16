namespace Skiff.Cli;

/// <summary>Where answers are written: standard output, or a file that appears once it is whole.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string? _path;
    private readonly string? _beside;

    private OutputFile(string? path, string? beside, Stream stream)
    {
        _path = path;
        _beside = beside;
        Stream = stream;
    }

    public Stream Stream { get; }

    /// <param name="path">The file, or null for standard output.</param>
    /// <param name="standardOutput">Standard output.</param>
    public static OutputFile Open(string? path, Func<Stream> standardOutput)
    {
        if (path is null or "-")
        {
            return new OutputFile(null, null, standardOutput());
        }

        if (Directory.Exists(path))
        {
            throw new CommandException($"{path} is a folder; name a file for the answers");
        }

        var beside = $"{path}.tmp-{Environment.ProcessId}";
        return new OutputFile(path, beside, new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.Read));
    }

    /// <summary>Says that everything was written.</summary>
    public void Commit()
    {
        Stream.Dispose();
        if (_path is not null)
        {
            File.Move(_beside!, _path, overwrite: true);
        }
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (_beside is not null)
        {
            File.Delete(_beside);
        }
    }
}
