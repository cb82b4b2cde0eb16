namespace Skiff.House.Tests;

/// <summary>The tree these tests look at: a clone, a worktree or an export without git.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotOurs = new(StringComparer.Ordinal)
    {
        ".git", ".idea", ".vs", "__pycache__", "artifacts", "bin", "node_modules", "obj",
    };

    private static readonly string[] BinaryEndings =
    [
        ".bin", ".bz2", ".gz", ".ico", ".joblib", ".lz4", ".lzma", ".npy", ".npz", ".pkl", ".png", ".whl", ".xz", ".zip", ".zst",
    ];

    /// <summary>The folder that holds Skiff.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file of the tree that a commit would hold, as a path from the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string under = "")
    {
        var waiting = new Stack<string>([Path.Combine(Root, under)]);
        while (waiting.TryPop(out var folder))
        {
            if (!Directory.Exists(folder))
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(folder))
            {
                // The .git of a worktree is a file.
                if (Path.GetFileName(file) is not ".git")
                {
                    yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
                }
            }

            foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child))))
            {
                waiting.Push(child);
            }
        }
    }

    /// <summary>The files under a folder with an ending, such as <c>.cs</c>.</summary>
    public static IEnumerable<string> Files(string under, string ending) => Files(under).Where(file => file.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>The files that people read: all but models, archives and pictures.</summary>
    public static IEnumerable<string> TextFiles() => Files().Where(file => !BinaryEndings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    public static string[] ReadLines(string path) => File.ReadAllLines(FullPath(path));

    /// <summary>Fails with one line an offence, so that one run names all that is to be done.</summary>
    public static void AssertNone(IEnumerable<string> offences)
    {
        var list = offences.Order(StringComparer.Ordinal).ToArray();
        Assert.True(list.Length == 0, string.Join(Environment.NewLine, list));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Skiff.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Skiff.slnx above {AppContext.BaseDirectory}.");
    }
}
