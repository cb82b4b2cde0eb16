using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Skiff.Server.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void All_EverySetting_IsInTheDocumentation()
    {
        var page = Resource.Read("configuration.md");
        foreach (var setting in ServerSettings.All)
        {
            var row = setting.IsSecret ? $"| | `{setting.Variable}` | |" : $"| `{setting.Option}` | `{setting.Variable}` | `{setting.Key["Skiff:".Length..]}` |";
            Assert.Contains(row, page, StringComparison.Ordinal);
        }

        Assert.Equal(ServerSettings.All.Count, page.Split('\n').Count(static l => l.Contains("| `SKIFF_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_Nothing_IsLoopbackOn8000()
    {
        var options = Read();
        Assert.Equal(["http://localhost:8000"], options.EffectiveUrls);
        Assert.Equal("registry", options.Server.Registry);
        Assert.Equal((LoadMode.Eager, 0), (options.Server.Load, options.Server.MemoryBudget));
        Assert.Equal(32 << 20, options.Server.MaxBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Drain.Delay);
    }

    [Theory]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER=true", "http://*:8000")]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER=true ASPNETCORE_HTTP_PORTS=8080", "http://*:8000")]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER=true SKIFF_ALL_INTERFACES=false", "http://localhost:8000")]
    [InlineData("PORT=9000", "http://localhost:9000")]
    [InlineData("WEBSITES_PORT=9001", "http://localhost:9001")]
    [InlineData("PORT=9000 SKIFF_PORT=9002", "http://localhost:9002")]
    [InlineData("SKIFF_CERT=x.pem", "https://localhost:8000")]
    [InlineData("PORT=9000 SKIFF_URLS=http://unix:/run/skiff.sock", "http://unix:/run/skiff.sock")]
    public void Read_Environment_DecidesWhereToListen(string environment, string url) => Assert.Equal([url], Read(environment: environment).EffectiveUrls);

    [Fact]
    public void Read_SameSettingEverywhere_CommandLineWinsThenEnvironmentThenFile()
    {
        const string File = """{"Skiff":{"Registry":"file","ModelName":"file","MaxQueue":7}}""";
        var options = Read("registry=line", "SKIFF_REGISTRY=variable SKIFF_MODEL_NAME=variable", File);
        Assert.Equal("line", options.Server.Registry);
        Assert.Equal("variable", options.Server.ModelName);
        Assert.Equal(7, options.Server.MaxQueue);
    }

    [Fact]
    public void Read_EverySetting_Arrives()
    {
        var options = Read(
            "max-body-bytes=5;request-timeout=1.5;max-concurrency=3;max-queue=4;max-wait=70;loaded-versions=2;load=lazy;memory-budget=8589934592;drain-delay=0;drain-timeout=9;log-level=warning;access-log=true;"
            + "follow-links=true;python-path=a:b;function=__main__.f=x.py:f;settle-time=0;poll-interval=100;path-prefix=/p;key=k;max-connections=6;max-buffered-bytes=5000000000");
        Assert.Equal(5, options.Server.MaxBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(1.5), options.Server.RequestTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(70), options.Server.MaxWait);
        Assert.Equal((3, 4, 2), (options.Server.MaxConcurrency, options.Server.MaxQueue, options.Server.LoadedVersions));
        Assert.Equal((LoadMode.Lazy, 8589934592), (options.Server.Load, options.Server.MemoryBudget));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(9)), (options.Drain.Delay, options.Drain.FinishWithin));
        Assert.Equal((LogLevel.Warning, true, true), (options.LogLevel, options.AccessLog, options.Server.FollowLinks));
        Assert.Equal(["a", "b"], options.Server.PythonPath);
        Assert.Equal("x.py:f", options.Server.Functions["__main__.f"]);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMilliseconds(100)), (options.Server.SettleTime, options.Server.PollInterval));
        Assert.Equal(("/p", "k"), (options.Server.PathPrefix, options.KeyPath));
        Assert.Equal((6, 5_000_000_000), (options.MaxConnections, options.Server.MaxBufferedBytes));
    }

    [Theory]
    [InlineData("max-queue=many", "", "--max-queue: 'many' is not a number")]
    [InlineData("", "SKIFF_FOLLOW_LINKS=perhaps", "SKIFF_FOLLOW_LINKS: 'perhaps' is not true or false")]
    [InlineData("", "PORT=http", "PORT: 'http' is not a port")]
    [InlineData("log-level=loud", "", "--log-level: 'loud' is not trace, debug, information, warning, error or none")]
    [InlineData("function=f", "", "--function: 'f' is not name=path.py:function, separated by commas")]
    [InlineData("load=never", "", "--load: 'never' is not eager or lazy")]
    [InlineData("memory-budget=1GB", "", "--memory-budget: '1GB' is not a number of bytes")]
    [InlineData("memory-budget=-1", "", "--memory-budget: '-1' is not a number of bytes")]
    [InlineData("", "SKIFF_MEMORY_BUDGET=99999999999999999999", "SKIFF_MEMORY_BUDGET: '99999999999999999999' is not a number of bytes")]
    [InlineData("drain-delay=-1", "", "--drain-delay: '-1' is not seconds")]
    public void Read_BadValue_NamesTheSetting(string commandLine, string environment, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Read(commandLine, environment)).Message);

    private static SkiffHostOptions Read(string commandLine = "", string environment = "", string file = "{}")
    {
        var given = Parse(commandLine, ';');
        var variables = Parse(environment, ' ');
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return ServerSettings.Read(
            s => given.GetValueOrDefault(s.Name), variables.GetValueOrDefault, new ConfigurationBuilder().AddJsonStream(stream).Build());
    }

    private static Dictionary<string, string> Parse(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries).ToDictionary(static p => p[..p.IndexOf('=')], static p => p[(p.IndexOf('=') + 1)..]);
}
