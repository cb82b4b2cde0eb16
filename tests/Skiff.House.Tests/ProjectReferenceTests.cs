namespace Skiff.House.Tests;

/// <summary>Who may know whom. An arrow that is not in this table is a mistake: move the code, or talk about the table first.</summary>
public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Skiff.Numerics"] = [],
        ["Skiff.Registry"] = [],
        ["Skiff.ServiceDefaults"] = [],
        ["Skiff.Pickle"] = ["Skiff.Numerics"],
        ["Skiff.Python"] = ["Skiff.Numerics"],
        ["Skiff.Models"] = ["Skiff.Numerics"],
        ["Skiff.Sklearn"] = ["Skiff.Models", "Skiff.Pickle", "Skiff.Python"],
        ["Skiff.Server"] = ["Skiff.Models", "Skiff.Registry", "Skiff.ServiceDefaults"],
        ["Skiff.Gateway"] = ["Skiff.ServiceDefaults"],
        ["Skiff.Cli"] = ["Skiff.Pickle", "Skiff.Registry", "Skiff.Server", "Skiff.Sklearn"],
    };

    /// <summary>Test projects that look at the whole rather than at one room.</summary>
    private static readonly string[] WholeHouseTests = ["Skiff.Conformance.Tests", "Skiff.EndToEnd.Tests", "Skiff.House.Tests", "Skiff.TestKit", "Skiff.TestKit.Otlp"];

    public static TheoryData<string> SourceProjects => [.. Project.Under("src").Select(project => project.Path)];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void SourceProject_References_AreThoseOfTheHouse(string path)
    {
        var project = Project.Read(path);

        Assert.True(Allowed.TryGetValue(project.Name, out var expected), $"{project.Name} is a room nobody planned: add it to the table of this test and to docs/architecture.md.");
        Assert.Equal(expected, project.References);
    }

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void SourceProject_References_NeverLeaveSource(string path) =>
        Repository.AssertNone(Project.Read(path).Content.Descendants("ProjectReference")
            .Select(reference => (string?)reference.Attribute("Include") ?? "")
            .Where(include => !include.StartsWith("../Skiff.", StringComparison.Ordinal))
            .Select(include => $"{path} refers to {include}"));

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void SourceProject_HasTestsOfItsOwn_ThatReferToIt(string path)
    {
        var name = Project.Read(path).Name;
        var tests = $"tests/{name}.Tests/{name}.Tests.csproj";

        Assert.True(File.Exists(Repository.FullPath(tests)), $"{tests} is missing.");
        Assert.Contains(name, Project.Read(tests).References);
    }

    [Fact]
    public void TestProject_MirrorsASourceProject()
    {
        var expected = Project.Under("src").Select(project => project.Name + ".Tests").Concat(WholeHouseTests).ToHashSet(StringComparer.Ordinal);

        Repository.AssertNone(Project.Under("tests").Where(project => !expected.Contains(project.Name)).Select(project => $"{project.Path} mirrors no project of src/"));
    }

    [Fact]
    public void Project_IsInAFolderOfItsName() =>
        Repository.AssertNone(Project.Under("src").Concat(Project.Under("tests"))
            .Where(project => Path.GetFileName(Path.GetDirectoryName(project.Path)) != project.Name)
            .Select(project => project.Path));

    [Fact]
    public void Solution_HoldsEveryProjectOfSourceAndTests()
    {
        var listed = System.Xml.Linq.XElement.Load(Repository.FullPath("Skiff.slnx"))
            .Descendants("Project").Select(project => (string?)project.Attribute("Path")).ToHashSet(StringComparer.Ordinal);

        Repository.AssertNone(Project.Under("src").Concat(Project.Under("tests"))
            .Where(project => !listed.Contains(project.Path))
            .Select(project => $"{project.Path} is not in Skiff.slnx"));
    }
}
