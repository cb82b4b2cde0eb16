using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Skiff.Server.Tests;

/// <summary>A real server on a free port of loopback, over a folder of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    internal const string Metadata =
        """{"version":"1.0.0","saved_at":"2025-11-30T12:50:17.623140Z","best_params":{"clf__C":0.1},"best_cv_accuracy":0.2,"test_accuracy":0.3333333333333333}""";

    private readonly WebApplication _app;

    private TestServer(WebApplication app, TestRegistry registry, FakeLoader loader)
    {
        _app = app;
        Registry = registry;
        Loader = loader;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(address);
        Client = new HttpClient { BaseAddress = Address };
    }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    internal TestRegistry Registry { get; }

    internal FakeLoader Loader { get; }

    internal IServiceProvider Services => _app.Services;

    internal ModelCache Cache => Services.GetRequiredService<ModelCache>();

    /// <summary>Starts a server over a registry that is ready when this returns, unless it is told not to wait.</summary>
    internal static async Task<TestServer> StartAsync(
        Action<TestRegistry>? fill = null,
        Action<SkiffHostOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        FakeLoader? loader = null,
        bool waitUntilReady = true)
    {
        var registry = new TestRegistry();
        (fill ?? (static r => r.WriteVersion("1.0.0", "text", Metadata, isLatest: true)))(registry);
        var options = new SkiffHostOptions { Urls = ["http://127.0.0.1:0"], LogLevel = LogLevel.None };
        options.Server.Registry = registry.Root;
        options.Server.SettleTime = TimeSpan.Zero;
        options.Server.PollInterval = TimeSpan.FromMilliseconds(20);
        options.Drain.Delay = TimeSpan.Zero;
        configure?.Invoke(options);
        loader ??= new FakeLoader();
        var app = SkiffHost.Build(options, loader, build);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var server = new TestServer(app, registry, loader);
        if (waitUntilReady)
        {
            await UntilAsync(() => server.Cache.IsReady);
        }

        return server;
    }

    /// <summary>Waits for what another thread does.</summary>
    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    internal async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            }
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    internal Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    internal Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Registry.Dispose();
    }

    internal Task StopAsync(CancellationToken? now = null) => _app.StopAsync(now ?? TestContext.Current.CancellationToken);
}

/// <summary>What a server has answered.</summary>
internal sealed record Answer(int Status, string? ContentType, string Text, HttpResponseMessage Response)
{
    internal JsonElement Json => JsonDocument.Parse(Text).RootElement;

    internal string? RequestId => Header("X-Request-Id");

    internal string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(",", values) : null;

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.ToString(),
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response);
}
