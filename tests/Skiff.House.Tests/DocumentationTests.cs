namespace Skiff.House.Tests;

/// <summary>What the documentation points to must be there. That the commands do what they say is for <c>.ci/run</c> to show.</summary>
public class DocumentationTests
{
    /// <summary>Options and scripts of the documentation that name a path of the tree.</summary>
    private static readonly string[] PathOptions = ["--project", "--registry", "inspect", "python3", "cd"];

    public static TheoryData<string> Pages => [.. Repository.Files("", ".md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Links_LeadToFiles(string page) =>
        Repository.AssertNone(Links(Repository.Read(page))
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#') && !link.StartsWith("mailto:", StringComparison.Ordinal))
            .Select(link => link.Split('#')[0])
            .Where(link => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link)))
            .Select(link => $"{page} links to {link}"));

    [Fact]
    public void Readme_Commands_NameThingsOfTheTree()
    {
        if (!File.Exists(Repository.FullPath("README.md")))
        {
            Assert.Skip("needs README.md");
        }

        Repository.AssertNone(from line in Repository.ReadLines("README.md")
                              where line.StartsWith("dotnet ", StringComparison.Ordinal) || line.StartsWith("deploy/", StringComparison.Ordinal) || line.StartsWith("python3 ", StringComparison.Ordinal)
                              let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                              from place in Enumerable.Range(0, words.Length - 1)
                              where PathOptions.Contains(words[place]) && !Path.Exists(Repository.FullPath(words[place + 1]))
                              select $"README.md: {words[place + 1]} of \"{line}\" does not exist");
    }

    [Fact]
    public void Readme_Tests_AreRunByOneCommand()
    {
        if (!File.Exists(Repository.FullPath("README.md")))
        {
            Assert.Skip("needs README.md");
        }

        Assert.Single(Repository.ReadLines("README.md"), line => line.StartsWith("dotnet test", StringComparison.Ordinal));
    }

    [Fact]
    public void ContainerPage_BakedInDockerfile_HasThreeLines()
    {
        var lines = Repository.ReadLines("docs/container.md").SkipWhile(line => line != "<!-- baked-in -->").Skip(2).TakeWhile(line => line != "```").ToArray();

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("FROM python-model-api", lines[0], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Links(string text)
    {
        for (var start = text.IndexOf("](", StringComparison.Ordinal); start >= 0; start = text.IndexOf("](", start + 2, StringComparison.Ordinal))
        {
            var end = text.IndexOf(')', start);
            if (end > start)
            {
                yield return text[(start + 2)..end].Split(' ')[0];
            }
        }
    }
}
