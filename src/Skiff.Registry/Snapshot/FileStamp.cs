namespace Skiff.Registry;

/// <summary>What tells one state of a file from another without reading it.</summary>
public sealed record FileStamp
{
    /// <summary>The path inside the version's folder, with forward slashes.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path, links resolved. A link that is turned elsewhere makes another stamp.</summary>
    public required string RealPath { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>When the content was last written, as the file system says.</summary>
    public required DateTime ModifiedUtc { get; init; }

    /// <summary>When the file came to be, where the file system knows: what is nearest to an inode number in .NET.</summary>
    internal DateTime CreatedUtc { get; init; }

    internal static FileStamp? Take(string name, string realPath)
    {
        var file = new FileInfo(realPath);
        return file.Exists
            ? new FileStamp
            {
                Name = name,
                RealPath = realPath,
                Length = file.Length,
                ModifiedUtc = file.LastWriteTimeUtc,
                CreatedUtc = file.CreationTimeUtc,
            }
            : null;
    }
}
