using System.Xml.Linq;

namespace Skiff.House.Tests;

/// <summary>One place says which version of a package is used: Directory.Packages.props.</summary>
public class PackageTests
{
    private static readonly string[] Endings = [".csproj", ".props", ".targets"];

    public static TheoryData<string> BuildFiles =>
        [.. Repository.Files().Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) && file != "Directory.Packages.props")];

    [Theory]
    [MemberData(nameof(BuildFiles))]
    public void PackageReference_VersionIsCentral(string path) =>
        Repository.AssertNone(XElement.Load(Repository.FullPath(path)).Descendants("PackageReference")
            .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.Element("Version") is not null)
            .Select(reference => $"{path}: {reference}"));

    [Fact]
    public void PackageVersion_IsExact() =>
        Repository.AssertNone(XElement.Load(Repository.FullPath("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(version => !((string?)version.Attribute("Version") ?? "*").All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-'))
            .Select(version => version.ToString()));

    [Fact]
    public void Sources_AreOneAndSigned()
    {
        var settings = XElement.Load(Repository.FullPath("NuGet.config"));
        var sources = settings.Element("packageSources")!.Elements().ToArray();

        Assert.Equal(["clear", "add"], sources.Select(source => source.Name.LocalName));
        Assert.Equal("https://api.nuget.org/v3/index.json", (string?)sources[1].Attribute("value"));
        Assert.Equal("require", (string?)settings.Element("config")!.Elements().Single(entry => (string?)entry.Attribute("key") is "signatureValidationMode").Attribute("value"));
        Assert.All(settings.Element("trustedSigners")!.Elements("repository").Elements(), certificate => Assert.Equal("SHA256", (string?)certificate.Attribute("hashAlgorithm")));
    }
}
