namespace Skiff.EndToEnd.Tests;

/// <summary>A registry in a temporary folder, written the way Python writes: in place, file after file.</summary>
internal sealed class TempRegistry : IDisposable
{
    private const string Model = "model.joblib";
    private const string Metadata = "metadata.json";

    private TempRegistry(string root) => Root = root;

    /// <summary>Where the registry is (or would be).</summary>
    public string Root { get; }

    public string Latest => Path.Combine(Root, "latest", Model);

    /// <summary>A model whose labels are <c>good</c> and <c>bad</c>: never to be taken for the bundled one.</summary>
    public static byte[] OtherModel => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "reviews.joblib"));

    private static string Bundled => Path.Combine(AppContext.BaseDirectory, "Data", "sentiment");

    /// <summary>The bytes of the bundled model.</summary>
    public static byte[] BundledModel => File.ReadAllBytes(Path.Combine(Bundled, "latest", Model));

    /// <summary>A name in the temporary folder at which nothing is.</summary>
    public static TempRegistry Missing() => new(Path.Combine(Path.GetTempPath(), "skiff-e2e-" + Guid.NewGuid().ToString("N")[..12]));

    public static TempRegistry Empty()
    {
        var registry = Missing();
        Directory.CreateDirectory(registry.Root);
        return registry;
    }

    /// <summary>A copy of the bundled registry, which answers <c>positive</c> or <c>negative</c> as version 1.0.0.</summary>
    public static TempRegistry Sentiment()
    {
        var registry = Empty();
        registry.CopyBundled();
        return registry;
    }

    public void CopyBundled()
    {
        foreach (var file in Directory.EnumerateFiles(Bundled, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Root, Path.GetRelativePath(Bundled, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    /// <summary>Every file that <c>registry.save</c> writes for a version, in its order.</summary>
    public IEnumerable<(string Path, byte[] Content)> FilesOf(string version, byte[] model)
    {
        var metadata = System.Text.Encoding.UTF8.GetBytes($$"""{"version": "{{version}}", "saved_at": "2026-01-01T00:00:00Z", "best_cv_accuracy": 0.5, "test_accuracy": 0.25}""");
        var folder = Path.Combine(Root, "versions", version);
        var latest = Path.Combine(Root, "latest");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(latest);
        yield return (Path.Combine(folder, Model), model);
        yield return (Path.Combine(folder, Metadata), metadata);
        yield return (Path.Combine(latest, Model), model);
        yield return (Path.Combine(latest, Metadata), metadata);
    }

    /// <summary>Writes a whole version and makes it the latest, as fast as the disk takes it.</summary>
    public void Save(string version, byte[] model)
    {
        foreach (var (path, content) in FilesOf(version, model))
        {
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>Writes one version, in <c>versions/</c> only.</summary>
    public void SaveVersion(string version, byte[] model)
    {
        foreach (var (path, content) in FilesOf(version, model).Take(2))
        {
            File.WriteAllBytes(path, content);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
