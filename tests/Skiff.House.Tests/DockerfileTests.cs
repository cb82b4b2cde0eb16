namespace Skiff.House.Tests;

/// <summary>Each Dockerfile lists the projects of its program one by one, so that the layer of packages can be cached: the list must not fall behind.</summary>
public class DockerfileTests
{
    [Theory]
    [InlineData("Dockerfile", "Skiff.Cli")]
    [InlineData("Dockerfile.gateway", "Skiff.Gateway")]
    public void Dockerfile_RestoreLayer_CopiesEveryProjectOfTheProgram(string file, string program)
    {
        SkipWithout(program);
        var dockerfile = Repository.ReadLines(file);

        Repository.AssertNone(Closure(program)
            .Select(name => $"COPY src/{name}/{name}.csproj src/{name}/packages.lock.json src/{name}/")
            .Where(line => !dockerfile.Contains(line, StringComparer.Ordinal))
            .Select(line => $"{file} lacks: {line}"));
    }

    [Theory]
    [InlineData("Dockerfile", "Skiff.Cli")]
    [InlineData("Dockerfile.gateway", "Skiff.Gateway")]
    public void Dockerfile_CopiedPaths_Exist(string file, string program)
    {
        SkipWithout(program);

        Repository.AssertNone(from line in Repository.ReadLines(file)
                              where line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal)
                              from path in line.Split(' ')[1..^1]
                              where !Path.Exists(Repository.FullPath(path))
                              select $"{file} copies {path}, which does not exist");
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Dockerfile.gateway")]
    public void Dockerfile_Restore_IsLocked(string file)
    {
        var lines = Repository.ReadLines(file);

        Assert.Contains("--locked-mode", Assert.Single(lines, line => line.Contains("dotnet restore", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("--no-restore", Assert.Single(lines, line => line.Contains("dotnet publish", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("COPY ", StringComparison.Ordinal) && line.Contains(" NuGet.config ", StringComparison.Ordinal));
    }

    private static void SkipWithout(string program) => Assert.SkipUnless(Path.Exists(Repository.FullPath("src/" + program)), $"needs src/{program}");

    private static HashSet<string> Closure(string name)
    {
        var projects = Project.Under("src").ToDictionary(project => project.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        var waiting = new Queue<string>(seen);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var reference in projects[next].References.Where(seen.Add))
            {
                waiting.Enqueue(reference);
            }
        }

        return seen;
    }
}
