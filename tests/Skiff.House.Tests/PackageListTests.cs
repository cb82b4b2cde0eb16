using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Skiff.House.Tests;

/// <summary>What a program contains is said in three places, lock file, bill of materials and notices: <c>tools/packages/packages.py</c> writes the last two from the first.</summary>
public partial class PackageListTests
{
    private const string Remedy = "run tools/packages/packages.py";

    private static readonly string[] Allowed = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT"];

    /// <summary>Packages that only build. The last two come with the SDK; their runtime, which is linked in, is listed by itself.</summary>
    private static readonly string[] OnlyBuild =
    [
        "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.CodeAnalysis.PublicApiAnalyzers", "Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks",
    ];

    public static TheoryData<string, string, string> Lists => new()
    {
        { "skiff", "Skiff.Cli", "linux-x64" },
        { "skiff", "Skiff.Cli", "linux-arm64" },
        { "skiff-gateway", "Skiff.Gateway", "linux-x64" },
        { "skiff-gateway", "Skiff.Gateway", "linux-arm64" },
    };

    [Fact]
    public void Project_EveryOne_HasALockFile() =>
        Repository.AssertNone(Repository.Files("", ".csproj")
            .Where(project => !File.Exists(Repository.FullPath(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))))
            .Select(project => $"{project} has no packages.lock.json: restore and commit it"));

    [Theory]
    [MemberData(nameof(Lists))]
    public void BillOfMaterials_Packages_AreThoseOfTheLockFile(string program, string project, string platform)
    {
        var listed = Components(program, platform).Where(component => component.Hash is not null).Select(component => component.ToString()).ToHashSet();
        var locked = Locked(project).Select(package => package.ToString()).ToHashSet();

        Assert.NotEmpty(locked);
        Repository.AssertNone(locked.Except(listed).Select(package => $"{program} {platform} lacks {package}: {Remedy}"));
        Repository.AssertNone(listed.Except(locked).Select(package => $"{program} {platform} has {package}, which is not locked: {Remedy}"));
    }

    [Theory]
    [InlineData("skiff", "linux-x64")]
    [InlineData("skiff", "linux-arm64")]
    [InlineData("skiff-gateway", "linux-x64")]
    [InlineData("skiff-gateway", "linux-arm64")]
    public void BillOfMaterials_Runtime_IsTheOneThatIsLinkedIn(string program, string platform)
    {
        var version = XElement.Load(Repository.FullPath("Directory.Packages.props")).Descendants("DotNetRuntimeVersion").Single().Value;

        Assert.Equal(
            [$"Microsoft.AspNetCore.App.Runtime.{platform} {version}", $"Microsoft.NETCore.App.Runtime.NativeAOT.{platform} {version}"],
            Components(program, platform).Where(component => component.Hash is null).Select(component => $"{component.Name} {component.Version}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void BillOfMaterials_Licences_AreAllowed(string program, string project, string platform)
    {
        var licences = Bill(program, platform).GetProperty("components").EnumerateArray()
            .Select(component => (Name: component.GetProperty("name").GetString(), Licence: component.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString())).ToArray();

        Assert.NotEmpty(licences);
        Repository.AssertNone(licences.Where(pair => !Allowed.Contains(pair.Licence)).Select(pair => $"{project}: {pair.Name} is licensed as {pair.Licence}"));
    }

    [Fact]
    public void Notices_EveryPackage_IsThereWithItsVersionAndLicence()
    {
        var rows = Repository.ReadLines("THIRD-PARTY-NOTICES.md").Select(line => Row().Match(line)).Where(match => match.Success)
            .ToDictionary(match => $"{match.Groups["name"].Value} {match.Groups["version"].Value}", match => match.Groups["licence"].Value, StringComparer.Ordinal);
        string[] needed = [.. Locked("Skiff.Cli").Concat(Locked("Skiff.Gateway")).Select(package => $"{package.Name} {package.Version}").Distinct()];

        Repository.AssertNone(needed.Where(package => !rows.ContainsKey(package)).Select(package => $"THIRD-PARTY-NOTICES.md lacks {package}: {Remedy}"));
        Repository.AssertNone(rows.Where(row => !Allowed.Contains(row.Value)).Select(row => $"THIRD-PARTY-NOTICES.md: {row.Key} is licensed as {row.Value}"));
    }

    private static JsonElement Bill(string program, string platform) => JsonElement.Parse(Repository.Read($"deploy/sbom/{program}.{platform}.cdx.json"));

    private static IEnumerable<Package> Components(string program, string platform) =>
        from component in Bill(program, platform).GetProperty("components").EnumerateArray()
        let hash = component.TryGetProperty("properties", out var properties) ? properties[0].GetProperty("value").GetString() : null
        select new Package(component.GetProperty("name").GetString()!, component.GetProperty("version").GetString()!, hash);

    private static IEnumerable<Package> Locked(string project) =>
        from entry in JsonElement.Parse(Repository.Read($"src/{project}/packages.lock.json")).GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
        where entry.Value.GetProperty("type").GetString() is not "Project" && !OnlyBuild.Contains(entry.Name)
        select new Package(entry.Name, entry.Value.GetProperty("resolved").GetString()!, entry.Value.GetProperty("contentHash").GetString());

    [GeneratedRegex(@"^\| \[(?<name>[^\]]+)\]\([^)]*\) \| (?<version>\S+) \| (?<licence>\S+) \| .+ \|$")]
    private static partial Regex Row();

    private sealed record Package(string Name, string Version, string? Hash);
}
