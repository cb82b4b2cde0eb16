namespace Skiff.Registry;

/// <summary>A version that is being put together beside <c>versions/</c>'s others, under a name that no reader takes for a version.</summary>
internal sealed class VersionStaging
{
    private const string Infix = ".tmp-";

    private readonly string _folder;
    private readonly string _version;
    private readonly Dictionary<string, string> _sums = new(StringComparer.Ordinal);

    internal VersionStaging(string versionsFolder, string version)
    {
        _version = version;
        _folder = Path.Join(versionsFolder, $".{version}{Infix}{DurableFiles.NewSuffix()}");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Deletes what crashed publishers left.</summary>
    internal static void CleanUp(string versionsFolder)
    {
        if (!Directory.Exists(versionsFolder))
        {
            return;
        }

        foreach (var left in Directory.GetDirectories(versionsFolder, ".*" + Infix + "*"))
        {
            Directory.Delete(left, recursive: true);
        }
    }

    internal void Copy(string source, string name)
    {
        if (!SafeName.IsFile(name))
        {
            throw new RegistryException($"{source} cannot be published under the name \"{name}\": rename it to printable characters without backslashes.");
        }

        if (_sums.ContainsKey(name))
        {
            throw new RegistryException($"Two of the files are called {name}; a version's folder holds one of a name.");
        }

        var destination = Path.Join(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        _sums.Add(name, DurableFiles.Copy(source, destination));
    }

    internal void WriteMetadata(VersionMetadata metadata, IReadOnlyList<string> artifacts, DateTimeOffset now) =>
        DurableFiles.Write(
            Path.Join(_folder, MetadataReader.FileName), MetadataWriter.Write(metadata, _version, artifacts, _sums, now));

    /// <summary>Makes it a version, when it reads as one.</summary>
    internal void Commit(string destination)
    {
        var links = new LinkGuard(_folder, followAll: false);
        var content = FolderReader.Read(FolderListing.Read(links.Root, links.RealRoot, links), known: null, links);
        if (content.Reason is { } reason)
        {
            throw new RegistryException($"Version {_version} was not published: {reason}.");
        }

        Directory.Move(_folder, destination);
    }

    internal void Discard()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
