using System.Diagnostics;
using System.Globalization;

namespace Skiff.EndToEnd.Tests;

/// <summary>The published gateway, named by <c>SKIFF_GATEWAY_BINARY</c>, running as a user starts it: by its variables. Its client sends <see cref="Key"/>.</summary>
internal sealed class SkiffGateway : RunningProgram
{
    public const string Key = "the-key-of-a-caller-93ce";

    private readonly HttpClient _metrics;

    private SkiffGateway(ProcessStartInfo start, HttpClient client, int port, int metricsPort)
        : base(start, client, port) => _metrics = LoopbackClient(metricsPort);

    private static string Path => ProgramStart.PublishedProgram("SKIFF_GATEWAY_BINARY", "gateway (dotnet publish src/Skiff.Gateway -c Release)");

    /// <summary>Starts a gateway in front of model servers and waits until it sends requests to each of them.</summary>
    public static async Task<SkiffGateway> StartAsync(IReadOnlyCollection<RunningProgram> servers, IReadOnlyDictionary<string, string>? settings = null)
    {
        var (port, metricsPort) = (FreePort(), FreePort());
        var client = LoopbackClient(port);
        client.DefaultRequestHeaders.Add("X-API-Key", Key);
        var environment = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["MODEL_API_BASE_URL"] = string.Join(',', servers.Select(server => server.Address)),
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["SKIFF_METRICS_PORT"] = metricsPort.ToString(CultureInfo.InvariantCulture),
        };
        if (!environment.ContainsKey("API_KEYS_FILE"))
        {
            environment["API_KEYS"] = "caller:" + Key;
        }

        var gateway = await AnsweringAsync(new SkiffGateway(ProgramStart.Info(Path, [], environment), client, port, metricsPort), "/health");
        foreach (var server in servers)
        {
            await gateway.UntilWellAsync(server);
        }

        return gateway;
    }

    /// <summary>Waits until a model server is sent requests.</summary>
    public Task UntilWellAsync(RunningProgram server) => UntilAsync(
        $"{server.Address} is well", async () => (await MetricsAsync()).Contains($$"""skiff_gateway_server_healthy{server="{{server.Address.Authority}}"} 1""", StringComparison.Ordinal));

    /// <summary>What Prometheus would read.</summary>
    public Task<string> MetricsAsync() => _metrics.GetStringAsync("/metrics");

    /// <summary>The sum of all series of a counter.</summary>
    public async Task<long> CountAsync(string counter) => (await MetricsAsync()).Split('\n')
        .Where(line => line.StartsWith(counter + "{", StringComparison.Ordinal))
        .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return base.DisposeAsync();
    }
}
