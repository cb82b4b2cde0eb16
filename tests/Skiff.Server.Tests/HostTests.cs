using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;
using Skiff.TestKit;

namespace Skiff.Server.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task MapSkiff_InAPlainProgram_ServesBesideItsEndpoints()
    {
        using var registry = new TestRegistry();
        registry.WriteVersion("1", "text", isLatest: true);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSkiff(new FakeLoader(), o =>
        {
            o.Registry = registry.Root;
            o.SettleTime = TimeSpan.Zero;
            o.PathPrefix = "/ml";
        });
        await using var app = builder.Build();
        app.MapGet("/own", static () => "mine");
        app.MapSkiff();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await TestServer.UntilAsync(() => app.Services.GetRequiredService<ModelCache>().IsReady);
        Assert.Equal("mine", await client.GetStringAsync(new Uri("/own", UriKind.Relative), TestContext.Current.CancellationToken));
        using var body = new StringContent("""{"text":"good"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/ml/predict", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Contains("\"prediction\":\"positive\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (var path in new[] { "/ml/health", "/ml/health/ready", "/ml/models", "/ml/models/1", "/ml/v2", "/ml/v2/models/default", "/ml/v1/models", "/ml/metrics", "/ml/docs" })
        {
            using var page = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(page.IsSuccessStatusCode, $"{path}: {page.StatusCode}");
        }

        using var none = await client.GetAsync(new Uri("/predict", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)none.StatusCode);
    }

    [Fact]
    public async Task PathPrefix_Given_IsBeforeEveryPath()
    {
        await using var server = await TestServer.StartAsync(configure: static o => o.Server.PathPrefix = "models-api/");
        Assert.Equal(200, (await server.PostAsync("/models-api/predict", """{"text":"x"}""")).Status);
        Assert.Equal(200, (await server.GetAsync("/models-api/v2/health/live")).Status);
        Assert.Equal(404, (await server.PostAsync("/predict", """{"text":"x"}""")).Status);
    }

    [Fact]
    public async Task Urls_UnixSocket_IsListenedOn()
    {
        using var folder = new TestRegistry();
        var path = Path.Combine(folder.Root, "skiff.sock");
        await using var server = await TestServer.StartAsync(configure: o => o.Urls = ["http://127.0.0.1:0", $"http://unix:{path}"]);
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        var text = await client.GetStringAsync(new Uri("http://socket/health"), TestContext.Current.CancellationToken);
        Assert.Contains("model API running", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cert_FilesChange_NextConnectionGetsTheNewOne()
    {
        using var folder = new TestRegistry();
        var (cert, key) = (Path.Combine(folder.Root, "c.pem"), Path.Combine(folder.Root, "k.pem"));
        WriteCertificate("CN=first", cert, key);
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(
            configure: o => (o.Urls, o.CertificatePath, o.KeyPath) = (["https://127.0.0.1:0"], cert, key),
            build: b => b.Services.AddSingleton<TimeProvider>(time));
        Assert.Equal(("CN=first", new Version(2, 0)), await SubjectAsync(server));
        WriteCertificate("CN=second", cert, key);
        Assert.Equal("CN=first", (await SubjectAsync(server)).Subject);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("CN=second", (await SubjectAsync(server)).Subject);
        await File.WriteAllTextAsync(cert, "broken", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(cert, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("CN=second", (await SubjectAsync(server)).Subject);
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", "an https address needs a certificate: give --cert (SKIFF_CERT)")]
    [InlineData("ftp://x:1", "--urls: 'ftp://x:1' should begin with http:// or https://")]
    [InlineData("nowhere", "--urls: 'nowhere' is not an address such as http://127.0.0.1:8000 or http://unix:/run/skiff.sock")]
    public async Task Urls_BadAddress_SaysWhatWouldBeRight(string url, string message)
    {
        var error = await Assert.ThrowsAsync<FormatException>(() => TestServer.StartAsync(configure: o => o.Urls = [url]));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task Stop_WithADelay_ServesOnAndFinishesWhatRuns()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(
            static r => r.WriteVersion("1", "slow", isLatest: true),
            static o => o.Drain.Delay = TimeSpan.FromSeconds(5),
            b => b.Services.AddSingleton<TimeProvider>(time));
        var slow = server.PostAsync("/predict", """{"text":"x"}""");
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);
        var timers = time.TimerCount;
        var stopping = server.StopAsync();
        await TestServer.UntilAsync(() => server.Services.GetRequiredService<Drain>().IsDraining && time.TimerCount > timers);
        Assert.Equal(503, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await server.GetAsync("/health")).Status);
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(6));
        await TestServer.UntilAsync(() => server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        server.Loader.Gate.Release();
        Assert.Equal(200, (await slow).Status);
        await stopping;
    }

    private static void WriteCertificate(string subject, string cert, string key)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(cert, certificate.ExportCertificatePem());
        File.WriteAllText(key, ecdsa.ExportPkcs8PrivateKeyPem());
    }

    private static async Task<(string? Subject, Version Version)> SubjectAsync(TestServer server)
    {
        string? subject = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            subject = certificate?.Subject;
            return subject is not null;
        };
        using var client = new HttpClient(handler) { DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        using var answer = await client.GetAsync(new Uri(server.Address, "/health"), TestContext.Current.CancellationToken);
        return (subject, answer.Version);
    }
}
