using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Skiff.Registry;

/// <summary>What one folder holds, links resolved: one pass over the directory, no file opened.</summary>
internal sealed class FolderListing
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private FolderListing(string path, string realPath, Dictionary<string, Item> items, ImmutableArray<string> refused)
    {
        FullPath = path;
        RealPath = realPath;
        Items = items;
        Refused = refused;
    }

    /// <summary>The folder as it is called.</summary>
    internal string FullPath { get; }

    /// <summary>The folder where it really is.</summary>
    internal string RealPath { get; }

    internal IReadOnlyDictionary<string, Item> Items { get; }

    /// <summary>The <c>latest/</c> that a promotion has moved aside and not yet put away, or null.</summary>
    internal string? SetAside { get; private init; }

    /// <summary>What was left out, and why: <c>name is a link out of the registry</c>.</summary>
    internal ImmutableArray<string> Refused { get; }

    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be listed.</exception>
    internal static FolderListing Read(string path, string realPath, LinkGuard links)
    {
        var items = new Dictionary<string, Item>(StringComparer.Ordinal);
        var refused = ImmutableArray.CreateBuilder<string>();
        string? setAside = null;
        foreach (var found in new FileSystemEnumerable<Item>(realPath, Item.From, Everything))
        {
            // Hidden names are bookkeeping: Kubernetes' "..data", and what is being published.
            if (found.Name.StartsWith('.'))
            {
                setAside = LatestSwap.IsSetAside(found.Name) && found is { IsLink: false, IsDirectory: true } ? found.Name : setAside;
                continue;
            }

            if (!found.IsLink)
            {
                items.Add(found.Name, found);
                continue;
            }

            var real = links.Resolve(Path.Join(realPath, found.Name), out var problem);
            if (real is null)
            {
                refused.Add($"{found.Name} {problem}");
            }
            else if (Item.At(found.Name, real) is { } target)
            {
                items.Add(found.Name, target);
            }
        }

        return new FolderListing(path, realPath, items, refused.ToImmutable()) { SetAside = setAside };
    }

    /// <summary>The stamp of a file right in this folder, or null when there is none.</summary>
    internal FileStamp? StampOf(string name) =>
        Items.TryGetValue(name, out var item) && !item.IsDirectory
            ? new FileStamp
            {
                Name = name,
                RealPath = item.RealPath ?? Path.Join(RealPath, name),
                Length = item.Length,
                ModifiedUtc = item.ModifiedUtc,
                CreatedUtc = item.CreatedUtc,
            }
            : null;

    /// <summary>Lists a folder right in this one, or gives null when there is none.</summary>
    internal FolderListing? Enter(string name, LinkGuard links) =>
        Items.TryGetValue(name, out var item) && item.IsDirectory
            ? Read(Path.Join(FullPath, name), item.RealPath ?? Path.Join(RealPath, name), links)
            : null;

    /// <summary>The folders right in this one whose names may stand for a model or a version, each listed.</summary>
    /// <param name="links">Says where links may lead.</param>
    /// <param name="isWanted">Which names are looked into; null for all.</param>
    internal IEnumerable<(string Name, FolderListing Folder)> Folders(LinkGuard links, Func<string, bool>? isWanted = null) =>
        Items.Values.Where(item => item.IsDirectory && SafeName.IsVersion(item.Name) && isWanted?.Invoke(item.Name) is not false).Select(item => (item.Name, Enter(item.Name, links)!));

    /// <summary>Lists the <c>latest/</c> that was moved aside, or gives null when there is none.</summary>
    internal FolderListing? EnterSetAside(LinkGuard links) =>
        SetAside is null ? null : Read(Path.Join(FullPath, SetAside), Path.Join(RealPath, SetAside), links);

    internal bool HasFolder(string name) => Items.TryGetValue(name, out var item) && item.IsDirectory;

    internal bool HasFile(string name) => Items.TryGetValue(name, out var item) && !item.IsDirectory;

    internal readonly record struct Item(string Name, bool IsDirectory, bool IsLink, string? RealPath, long Length, DateTime ModifiedUtc, DateTime CreatedUtc)
    {
        internal static Item From(ref FileSystemEntry entry)
        {
            var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
            var isFile = !isLink && !entry.IsDirectory;
            return new Item(
                entry.FileName.ToString(),
                entry.IsDirectory,
                isLink,
                null,
                isFile ? entry.Length : 0,
                isFile ? entry.LastWriteTimeUtc.UtcDateTime : default,
                isFile ? entry.CreationTimeUtc.UtcDateTime : default);
        }

        internal static Item? At(string name, string realPath)
        {
            if (Directory.Exists(realPath))
            {
                return new Item(name, true, true, realPath, 0, default, default);
            }

            return FileStamp.Take(name, realPath) is { } stamp
                ? new Item(name, false, true, realPath, stamp.Length, stamp.ModifiedUtc, stamp.CreatedUtc)
                : null;
        }
    }
}
