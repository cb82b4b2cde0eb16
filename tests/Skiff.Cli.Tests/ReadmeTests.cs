using System.CommandLine;
using System.Text;
using Skiff.TestKit;

namespace Skiff.Cli.Tests;

/// <summary>The commands that README.md gives, with the answers that it prints below them.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Predict_AsInTheReadme_PrintsWhatItSays()
    {
        var command = Block("<!-- predict -->").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["skiff", "predict"], command[..2]);
        using var output = new MemoryStream();
        var streams = new StandardStreams(() => Stream.Null, () => output, IsWatched: false);
        var arguments = command[2..].Select(word => word.StartsWith("examples/", StringComparison.Ordinal) ? RepositoryFolder.At(word) : word).ToArray();
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };

        var code = PredictCommand.Create(streams).Parse(arguments).Invoke(configuration);

        Assert.Equal((0, string.Empty), (code, configuration.Error.ToString()));
        Assert.Equal(Block("<!-- predict answer -->"), Encoding.UTF8.GetString(output.ToArray()).TrimEnd());
    }

    private static string Block(string mark)
    {
        var lines = File.ReadAllLines(RepositoryFolder.At("README.md"));
        return string.Join('\n', lines.SkipWhile(line => line != mark).Skip(2).TakeWhile(line => line != "```"));
    }
}
