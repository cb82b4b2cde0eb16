using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Skiff.Gateway.Tests.Support;

/// <summary>A model server on a port of loopback that answers as a test says, and keeps what it was asked.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    /// <summary>What it answers unless a test says otherwise.</summary>
    internal const string Json = """{"version":"1.0.0","prediction":"positive"}""";

    private readonly WebApplication _app;

    private FakeModelServer(RequestDelegate answer, Action<ListenOptions>? listen, IPEndPoint address)
    {
        Answer = answer;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(address, listen ?? (static _ => { }));
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>What it answers to anything but the probes.</summary>
    internal RequestDelegate Answer { get; set; }

    /// <summary>Whether it reads bodies before it answers.</summary>
    internal bool IsReading { get; set; } = true;

    /// <summary>What it answers to the probes of its health.</summary>
    internal RequestDelegate Health { get; set; } = static _ => Task.CompletedTask;

    /// <summary>What it was asked, probes left out.</summary>
    internal ConcurrentQueue<Seen> Requests { get; } = new();

    internal string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The name that the gateway has for it.</summary>
    internal string Id => new Uri(Url).Authority;

    internal static Task<FakeModelServer> StartAsync(string json = Json) => StartAsync(context => SendAsync(context, 200, "application/json", json));

    internal static async Task<FakeModelServer> StartAsync(RequestDelegate answer, Action<ListenOptions>? listen = null, int port = 0, string address = "127.0.0.1")
    {
        var server = new FakeModelServer(answer, listen, new IPEndPoint(IPAddress.Parse(address), port));
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers with a text.</summary>
    internal static Task SendAsync(HttpContext context, int status, string? contentType, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.EndsWith("/health/ready", StringComparison.Ordinal) && context.Request.Headers["X-Request-Id"].Count == 0)
        {
            await Health(context);
            return;
        }

        using var body = new MemoryStream();
        if (IsReading)
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }

        Requests.Enqueue(new Seen(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(static h => h.Key, static h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        await Answer(context);
    }
}
