using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>A registry on which commands are killed, and what must hold of it whenever one was.</summary>
internal sealed class KillScene(TempRegistry registry, TemporaryFolder files, Random random)
{
    // Large enough for copying and syncing to be most of what a command does.
    private const int Ballast = 1 << 19;

    private readonly Dictionary<string, byte[]> _intended = new(StringComparer.Ordinal) { ["1.0.0"] = TempRegistry.BundledModel };
    private readonly HashSet<string> _whole = ["1.0.0"];
    private string _served = "1.0.0";

    /// <summary>The versions that are there.</summary>
    public IReadOnlyCollection<string> Versions => _whole;

    /// <summary>What serves.</summary>
    public string Served => _served;

    /// <summary>Where commands put what they must not leave behind.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["TMPDIR"] = files.Path };

    private string VersionsFolder => Path.Combine(registry.Root, "versions");

    public static string Prediction(byte[] model) => model.AsSpan().SequenceEqual(TempRegistry.OtherModel) ? "good" : "positive";

    /// <summary>The command line that publishes a version that is not there yet, one way or another.</summary>
    public string[] Publish(string verb, bool promotes)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"1.{_intended.Count}.0");
        var model = random.Next(2) == 0 ? TempRegistry.BundledModel : TempRegistry.OtherModel;
        _intended.Add(version, model);
        var source = Path.Combine(files.Path, "source-" + Prediction(model));
        if (!Directory.Exists(source))
        {
            Directory.CreateDirectory(source);
            File.WriteAllBytes(Path.Combine(source, "model.joblib"), model);
            File.WriteAllBytes(Path.Combine(source, "ballast.bin"), RandomNumberGenerator.GetBytes(Ballast));
            File.WriteAllText(Path.Combine(source, "metadata.json"), """{"artifacts":["model.joblib"]}""");
            File.Copy(Path.Combine(registry.Root, "text_utils.py"), Path.Combine(source, "text_utils.py"));
        }

        string[] command = verb == "add" ? ["add"] : ["registry", "publish"];
        return [.. command, source, "--version", version, "--registry", registry.Root, .. promotes ? ["--promote"] : Array.Empty<string>()];
    }

    /// <summary>The command line that promotes one of the versions.</summary>
    public string[] Promote() => ["registry", "promote", _whole.Order(StringComparer.Ordinal).ElementAt(random.Next(_whole.Count)), "--registry", registry.Root];

    public string[] RollBack() => ["registry", "rollback", "--registry", registry.Root];

    /// <summary>Looks at every file. Whatever was killed: versions are whole or not there, none is lost, and what serves did before or was being promoted.</summary>
    public async Task CheckAsync(string when, string[] arguments)
    {
        var found = Directory.GetDirectories(VersionsFolder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).ToHashSet(StringComparer.Ordinal);
        Assert.True(found.IsSupersetOf(_whole), $"{when}: lost {string.Join(", ", _whole.Except(found))}");
        foreach (var version in found)
        {
            AssertWhole(Path.Combine(VersionsFolder, version), version, when, isNew: _whole.Add(version));
        }

        var served = await ListAsync(when);
        Assert.True(served == _served || arguments.Contains(served) || arguments.Contains("rollback"), $"{when}: {served} serves after {_served}");
        _served = served;
        AssertWhole(LatestFolder(when), served, when, isNew: true);
    }

    /// <summary>Whether an answer is that of a version that is there.</summary>
    public void CheckAnswer((string Version, string Prediction) answer, string when)
    {
        Assert.True(_whole.Contains(answer.Version), $"{when}: answered by {answer.Version}, which is not there");
        Assert.True(Prediction(_intended[answer.Version]) == answer.Prediction, $"{when}: {answer.Version} answers {answer.Prediction}");
    }

    /// <summary>What is there beside versions and <c>latest/</c>.</summary>
    public IEnumerable<string> LeftBehind() => Directory.EnumerateFileSystemEntries(registry.Root, ".*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(registry.Root, path)).Where(name => name is not (".skiff-lock" or ".skiff-history"));

    private string LatestFolder(string when)
    {
        var latest = Path.Combine(registry.Root, "latest");
        return Directory.Exists(latest) ? latest
            : Directory.GetDirectories(registry.Root, ".latest.old-*") is [var aside] ? aside
            : throw new Xunit.Sdk.XunitException($"{when}: there is no latest/");
    }

    private void AssertWhole(string folder, string version, string when, bool isNew)
    {
        Assert.True(File.ReadAllBytes(Path.Combine(folder, "model.joblib")).AsSpan().SequenceEqual(_intended[version]), $"{when}: {folder} is not the model of {version}");
        var metadata = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "metadata.json")))!;
        Assert.True((string?)metadata["version"] == version, $"{when}: {folder} says it is {metadata["version"]}");
        foreach (var (name, sum) in isNew && metadata["sha256"] is JsonObject sums ? sums : [])
        {
            Assert.True(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name)))) == (string?)sum, $"{when}: {folder}/{name} is not whole");
        }
    }

    private async Task<string> ListAsync(string when)
    {
        var listed = await SkiffBinary.RunAsync("registry", "list", "--json", "--registry", registry.Root);
        listed.AssertSucceeded();
        var list = JsonNode.Parse(listed.Output)!;
        Assert.True(list["problems"]!.AsArray().Count == 0, $"{when}: {listed.Output}");
        var model = Assert.Single(list["models"]!.AsArray())!;
        Assert.Empty(model["unservable"]!.AsArray());
        Assert.Equal(_whole.Order(StringComparer.Ordinal), model["versions"]!.AsArray().Select(entry => (string)entry!["version"]!).Order(StringComparer.Ordinal));
        return (string)model["versions"]!.AsArray().Single(entry => (bool)entry!["serving"]!)!["version"]!;
    }
}
