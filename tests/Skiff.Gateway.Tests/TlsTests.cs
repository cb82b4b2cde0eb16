using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Skiff.Gateway.Tests.Support;
using Skiff.TestKit;

namespace Skiff.Gateway.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string CertificatePath => Path.Combine(_folder.Path, "tls.crt");

    private string KeyPath => Path.Combine(_folder.Path, "tls.key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Certificate_Replaced_IsThatOfTheNextConnection()
    {
        using var first = Certificates.Create();
        using var second = Certificates.Create();
        await WriteAsync(first);
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await StartAsync(server);
        Assert.Equal(first.Thumbprint, await ThumbprintAsync(gateway));

        // The moment between two files: the one before stays.
        await Certificates.WriteAsync(CertificatePath, second.ExportCertificatePem());
        await TestGateway.UntilAsync(() => gateway.Log.All.Any(static l => l.Message.Contains("cannot be read; the one before stays: the key is not that of the certificate", StringComparison.Ordinal)));
        Assert.Equal(first.Thumbprint, await ThumbprintAsync(gateway));

        await Certificates.WriteAsync(KeyPath, KeyOf(second));
        while (await ThumbprintAsync(gateway) != second.Thumbprint)
        {
        }
    }

    [Fact]
    public async Task Certificate_Expired_IsReplacedWithoutARestart()
    {
        using var expired = Certificates.Create(isExpired: true);
        using var valid = Certificates.Create();
        await WriteAsync(expired);
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await StartAsync(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(gateway, expired));
        Assert.Contains(gateway.Log.All, static l => l.Message.StartsWith("Certificate CN=gateway from ", StringComparison.Ordinal));

        await WriteAsync(valid);
        while (await ThumbprintAsync(gateway) != valid.Thumbprint)
        {
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, valid));
    }

    [Fact]
    public async Task Http2_Requests_AreAnsweredAsThoseOfHttp1()
    {
        using var certificate = Certificates.Create();
        await WriteAsync(certificate);
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await StartAsync(server);
        using var client = Client(certificate);
        using var stream = new MemoryStream("""{"text":"good"}"""u8.ToArray());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/predict"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StreamContent(stream),
            Headers = { { "X-API-Key", TestGateway.Key }, { "X-Request-Id", "two" }, { "Cookie", "a=1; b=2" } },
        };
        request.Headers.TransferEncodingChunked = true;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpVersion.Version20, response.Version);
        (await TestGateway.ReadAsync(response)).IsJson($$$"""{"source":"gateway","requestId":"ID","result":{{{FakeModelServer.Json}}}}""");
        var seen = Assert.Single(server.Requests);
        Assert.Equal(("""{"text":"good"}""", "15", null, "two"), (seen.Text, seen.Header("Content-Length"), seen.Header("Transfer-Encoding"), seen.Header("X-Request-Id")));
        Assert.Equal(server.Id, seen.Header("Host"));
    }

    [Fact]
    public async Task Server_WithACertificateNobodyTrusts_Is502AndTheLogSaysWhy()
    {
        using var certificate = Certificates.Create();
        await using var server = await FakeModelServer.StartAsync(
            static context => FakeModelServer.SendAsync(context, 200, "application/json", "{}"), listen => listen.UseHttps(certificate));
        await using var gateway = await TestGateway.StartAsync(server.Url);
        (await gateway.PostAsync("/predict")).IsProblem(502, "Bad Gateway", "no model server can be reached; the gateway's log says more under the request id");
        (await gateway.GetAsync("/v2")).IsError(502, "no model server can be reached; the gateway's log says more under the request id");
        Assert.Empty(server.Requests);
        Assert.Contains(gateway.Log.All, static l => l.Message.Contains("The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot", StringComparison.Ordinal));
    }

    private async Task WriteAsync(X509Certificate2 certificate)
    {
        await Certificates.WriteAsync(CertificatePath, certificate.ExportCertificatePem());
        await Certificates.WriteAsync(KeyPath, KeyOf(certificate));
    }

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private Task<TestGateway> StartAsync(FakeModelServer server) => TestGateway.StartAsync(
        o => (o.Urls, o.CertificatePath, o.KeyPath) = (["https://127.0.0.1:0"], CertificatePath, KeyPath), server.Url);

    private static async Task<string> ThumbprintAsync(TestGateway gateway)
    {
        string? seen = null;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            seen = ((X509Certificate2)certificate!).Thumbprint;
            return seen.Length > 0;
        };
        using var client = new HttpClient(handler);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(gateway, client));
        return seen!;
    }

    private static async Task<HttpStatusCode> AskAsync(TestGateway gateway, X509Certificate2 trusted)
    {
        using var client = Client(trusted);
        return await AskAsync(gateway, client);
    }

    private static async Task<HttpStatusCode> AskAsync(TestGateway gateway, HttpClient client)
    {
        using var response = await client.GetAsync(new Uri(gateway.Address, "/health"), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static HttpClient Client(X509Certificate2 trusted)
    {
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.Add(trusted);
        return new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = chain } });
    }
}
