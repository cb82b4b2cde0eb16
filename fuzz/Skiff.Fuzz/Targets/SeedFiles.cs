namespace Skiff.Fuzz;

/// <summary>Seeds that are files of the tree.</summary>
internal static class SeedFiles
{
    /// <summary>The top of the tree, found from the folder of the program or the one it was started in.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Environment.CurrentDirectory)
        ?? throw new InvalidOperationException("Skiff.slnx is in no folder above: run within the tree.");

    /// <summary>A path of the tree.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>The files of a folder, the shorter ones first and none above a length.</summary>
    public static IEnumerable<byte[]> Of(string folder, string pattern, int longest, int most = int.MaxValue) => Paths(folder, pattern, longest).Take(most).Select(File.ReadAllBytes);

    /// <summary>The same, as paths.</summary>
    public static IEnumerable<string> Paths(string folder, string pattern, int longest) => Directory.EnumerateFiles(At(folder), pattern)
        .Select(path => (Path: path, new FileInfo(path).Length))
        .Where(file => file.Length > 0 && file.Length <= longest)
        .OrderBy(file => file.Length).ThenBy(file => file.Path, StringComparer.Ordinal)
        .Select(file => file.Path);

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Skiff.slnx")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
