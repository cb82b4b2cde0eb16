namespace Skiff.Server.Tests;

/// <summary>A registry folder that goes when the test does.</summary>
internal sealed class TestRegistry : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("skiff-").FullName;

    internal void WriteVersion(string version, string model, string? metadata = null, bool isLatest = false, string? under = null)
    {
        var root = under is null ? Root : Path.Combine(Root, under);
        metadata ??= $$"""{"version":"{{version}}"}""";
        Write(Path.Combine(root, "versions", version), model, metadata);
        if (isLatest)
        {
            Write(Path.Combine(root, "latest"), model, metadata);
        }
    }

    private static void Write(string folder, string model, string metadata)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "metadata.json"), metadata);
        File.WriteAllText(Path.Combine(folder, "model.joblib"), model);
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
