using System.Text;
using Microsoft.Extensions.Configuration;
using Skiff.TestKit;

namespace Skiff.Gateway.Tests;

public sealed class SettingsTests
{
    private const string Server = "MODEL_API_BASE_URL=http://model-api:8000";

    [Fact]
    public void All_EverySetting_IsInTheDocumentation()
    {
        var page = File.ReadAllText(RepositoryFolder.At("docs/gateway.md"));
        foreach (var setting in GatewaySettings.All)
        {
            var row = setting.IsSecret ? $"| | `{setting.Variable}` | |" : $"| `{setting.Option}` | `{setting.Variable}` | `{setting.Key["Skiff:".Length..]}` |";
            Assert.Contains(row, page, StringComparison.Ordinal);
            Assert.All(setting.OtherVariables, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
        }

        Assert.Equal(GatewaySettings.All.Count, page.Split('\n').Count(static l => l.Contains("| `SKIFF_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Read_OnlyServer_HasTheDocumentedDefaults()
    {
        var options = Read(environment: Server);

        Assert.Equal([new Uri("http://model-api:8000")], options.ModelServers);
        Assert.Equal(["http://localhost:3000"], options.EffectiveUrls);
        Assert.Equal((10, 30), (options.TryTimeout.TotalSeconds, options.RequestTimeout.TotalSeconds));
        Assert.Equal((512, 1024, 9464, 0), (options.MaxConcurrency, options.MaxQueue, options.MetricsPort, options.RateLimit));
        Assert.Equal((33554432, 67108864), (options.MaxBodyBytes, options.MaxAnswerBytes));
        Assert.Equal((1, 5), (options.ProbeInterval.TotalSeconds, options.DnsInterval.TotalSeconds));
        Assert.Empty(options.CorsOrigins);
        Assert.False(options.ApiKeys.IsAskedFor);
    }

    [Fact]
    public void Read_EverySetting_Arrives()
    {
        var options = Read(
            "model-api-base-url=http://a:1, https://b/c,http://a:1,http://A:1/,https://b/c/;model-api-key-file=k;api-keys-file=f;rate-limit=7;cors-origins=https://app.example.com/,*;metrics-port=0;"
            + "try-timeout=0.5;request-timeout=2;max-concurrency=3;max-queue=0;max-body-bytes=4;max-answer-bytes=5;max-buffered-bytes=5000000000;probe-interval=6;dns-interval=8;port=9;max-connections=11",
            "API_KEYS=a:b");

        Assert.Equal([new Uri("http://a:1"), new Uri("https://b/c")], options.ModelServers);
        Assert.Equal(("k", "f", "a:b"), (options.ModelApiKeyFile, options.ApiKeys.File, options.ApiKeys.Keys));
        Assert.Equal((7, 0, 3, 0, 4, 5, 9), (options.RateLimit, options.MetricsPort, options.MaxConcurrency, options.MaxQueue, options.MaxBodyBytes, options.MaxAnswerBytes, options.Port));
        Assert.Equal((11, 5_000_000_000), (options.MaxConnections, options.MaxBufferedBytes));
        Assert.Equal(["https://app.example.com", "*"], options.CorsOrigins);
        Assert.Equal((0.5, 2, 6, 8), (options.TryTimeout.TotalSeconds, options.RequestTimeout.TotalSeconds, options.ProbeInterval.TotalSeconds, options.DnsInterval.TotalSeconds));
    }

    [Theory]
    [InlineData("", "", "MODEL_API_BASE_URL is not set: it says where the model servers are, for instance http://model-api:8000")]
    [InlineData("", "MODEL_API_BASE_URL=", "MODEL_API_BASE_URL is not set: it says where the model servers are, for instance http://model-api:8000")]
    [InlineData("", "MODEL_API_BASE_URL=,", "MODEL_API_BASE_URL is not set: it says where the model servers are, for instance http://model-api:8000")]
    [InlineData("", "MODEL_API_BASE_URL=model-api:8000", "MODEL_API_BASE_URL: 'model-api:8000' is not an address such as http://model-api:8000")]
    [InlineData("", "MODEL_API_BASE_URL=http://a:8000,ftp://b", "MODEL_API_BASE_URL: 'ftp://b' is not an address such as http://model-api:8000")]
    [InlineData("", "MODEL_API_BASE_URL=http://a:8000?x=1", "MODEL_API_BASE_URL: 'http://a:8000?x=1' is not an address such as http://model-api:8000")]
    [InlineData("", "MODEL_API_BASE_URL=http://me:secret@a:8000", "MODEL_API_BASE_URL: an address must not hold a user or a password; --model-api-key-file holds the servers' key")]
    [InlineData("cors-origins=app.example.com", Server, "--cors-origins: 'app.example.com' is not an origin such as https://app.example.com")]
    [InlineData("cors-origins=https://app.example.com/path", Server, "--cors-origins: 'https://app.example.com/path' is not an origin such as https://app.example.com")]
    [InlineData("try-timeout=0", Server, "--try-timeout: '0' is not seconds")]
    [InlineData("rate-limit=-1", Server, "--rate-limit: '-1' is not a number")]
    [InlineData("metrics-port=70000", Server, "--metrics-port: '70000' is not a port")]
    public void Read_BadValue_NamesTheSetting(string commandLine, string environment, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Read(commandLine, environment)).Message);

    private static GatewayOptions Read(string commandLine = "", string environment = "", string file = "{}")
    {
        var given = Parse(commandLine, ';');
        var variables = Parse(environment, ' ');
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return GatewaySettings.Read(
            s => given.GetValueOrDefault(s.Name), variables.GetValueOrDefault, new ConfigurationBuilder().AddJsonStream(stream).Build());
    }

    private static Dictionary<string, string> Parse(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries).ToDictionary(static p => p[..p.IndexOf('=')], static p => p[(p.IndexOf('=') + 1)..]);
}
