using System.Diagnostics;
using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>The program of <c>examples/embed</c>, and that the page about it shows its code.</summary>
public class EmbedTests
{
    [Fact]
    public async Task Program_OfTheExample_AnswersAsItsPageSays()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "Embed.dll"), RepositoryFolder.At("examples/registry")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(string.Empty, await error);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Block("```text"), (await output).TrimEnd());
    }

    [Fact]
    public void Page_Code_IsThatOfTheExample()
    {
        var program = File.ReadAllText(RepositoryFolder.At("examples/embed/Program.cs")) + File.ReadAllText(RepositoryFolder.At("examples/embed/Passenger.cs"));
        var blocks = Page().Split("```csharp\n").Skip(1).Select(block => block.Split("```")[0].Trim()).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block, program, StringComparison.Ordinal));
    }

    private static string Block(string opening) => Page().Split(opening + "\n")[1].Split("```")[0].TrimEnd();

    private static string Page() => File.ReadAllText(RepositoryFolder.At("docs/embed.md"));
}
