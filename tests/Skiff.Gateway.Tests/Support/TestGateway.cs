using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;
using Skiff.TestKit;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Skiff.Gateway.Tests.Support;

/// <summary>A gateway on a free port of loopback, its log, and a client that holds its key.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    internal const string Key = "the-key-of-the-web";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private TestGateway(WebApplication app, LogLines log)
    {
        _app = app;
        Log = log;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _client = new HttpClient(Handler()) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    internal Uri Address { get; }

    internal LogLines Log { get; }

    internal IServiceProvider Services => _app.Services;

    /// <summary>The page of metrics, without asking for it.</summary>
    internal string Metrics => Encoding.UTF8.GetString(Services.GetRequiredService<GatewayMetrics>().Registry.Render());

    /// <summary>The model servers as the gateway sees them.</summary>
    internal IReadOnlyList<DestinationState> Servers =>
        Services.GetRequiredService<IProxyStateLookup>().TryGetCluster(ModelServers.Cluster, out var cluster) ? cluster.DestinationsState.AllDestinations : [];

    internal static Task<TestGateway> StartAsync(params string[] servers) => StartAsync(static _ => { }, servers);

    /// <summary>Starts a gateway. It asks for the servers' health once, unless a test says otherwise, so that no probe decides what requests decide.</summary>
    internal static Task<TestGateway> StartAsync(Action<GatewayOptions> change, params string[] servers) => StartAsync(change, static _ => { }, servers);

    /// <summary>Starts a gateway with services of a test's own.</summary>
    internal static async Task<TestGateway> StartAsync(Action<GatewayOptions> change, Action<IServiceCollection> add, params string[] servers)
    {
        var options = new GatewayOptions
        {
            Urls = ["http://127.0.0.1:0"],
            MetricsPort = 0,
            ModelServers = [.. servers.Select(static s => new Uri(s))],
            ProbeInterval = TimeSpan.FromHours(1),
            LogLevel = LogLevel.Debug,
            AccessLog = true,
        };
        options.ApiKeys.Keys = $"web:{Key}";
        options.Drain.Delay = TimeSpan.Zero;
        change(options);
        var log = new LogLines();
        var app = GatewayHost.Build(options, builder =>
        {
            builder.Services.RemoveAll<ILoggerProvider>();
            builder.Logging.AddProvider(log);
            add(builder.Services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestGateway(app, log);
    }

    /// <summary>Waits for what another thread does.</summary>
    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    internal Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    internal Task<Reply> PostAsync(string path, string body = """{"text":"good"}""", params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, JsonContent(body), headers);

    /// <summary>Sends a request with the gateway's key.</summary>
    internal Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers) =>
        SendBareAsync(method, path, body, [("X-API-Key", Key), .. headers]);

    /// <summary>Sends a request with these headers and no others.</summary>
    internal async Task<Reply> SendBareAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = body };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    internal static StringContent JsonContent(string body) => new(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

    internal static async Task<Reply> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
        response.Headers.Concat(response.Content.Headers).ToDictionary(static h => h.Key, static h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Ends the delay of a stop.</summary>
    internal void SkipDrain() => Services.GetRequiredService<Drain>().SkipDelay();

    internal Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    };
}
