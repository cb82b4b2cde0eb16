namespace Skiff.House.Tests;

/// <summary>The Dockerfile lists the projects of the program one by one, so that the layer of packages can be cached: the list must not fall behind.</summary>
public class DockerfileTests
{
    [Fact]
    public void Dockerfile_RestoreLayer_CopiesEveryProjectOfTheProgram()
    {
        var dockerfile = Repository.ReadLines("Dockerfile");

        Repository.AssertNone(Closure("Skiff.Cli")
            .Select(name => $"COPY src/{name}/{name}.csproj src/{name}/")
            .Where(line => !dockerfile.Contains(line, StringComparer.Ordinal))
            .Select(line => $"Dockerfile lacks: {line}"));
    }

    [Fact]
    public void Dockerfile_CopiedPaths_Exist() =>
        Repository.AssertNone(from line in Repository.ReadLines("Dockerfile")
                              where line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal)
                              from path in line.Split(' ')[1..^1]
                              where !Path.Exists(Repository.FullPath(path))
                              select $"Dockerfile copies {path}, which does not exist");

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
