using Microsoft.Extensions.Logging;
using Skiff.Gateway.Tests.Support;
using Skiff.TestKit;

namespace Skiff.Gateway.Tests;

/// <summary>What must never be in a log or a metric.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task Keys_WhateverHappens_AreInNoLogAndNoMetric()
    {
        using var folder = new TemporaryFolder();
        var (inside, keys) = (Path.Combine(folder.Path, "inside"), Path.Combine(folder.Path, "keys"));
        await File.WriteAllTextAsync(inside, "Secret-Inside", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(keys, "mobile:Secret-File\nSecret-Nameless", TestContext.Current.CancellationToken);
        var count = 0;
        await using var server = await FakeModelServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref count) % 3 == 0)
            {
                context.Abort();
            }

            return FakeModelServer.SendAsync(context, count % 3 == 1 ? 200 : 302, "text/html", "<html>");
        });
        await using var gateway = await TestGateway.StartAsync(
            o =>
            {
                (o.LogLevel, o.ModelApiKeyFile, o.ApiKeys.Keys, o.ApiKeys.File) = (LogLevel.Trace, inside, "web:Secret-Web", keys);
                o.RateLimit = 1000;
            },
            server.Url,
            "http://127.0.0.1:9");
        foreach (var key in new[] { "Secret-Web", "Secret-File", "Secret-Nameless", "Secret-Wrong", "Secret-Web, Secret-Web" })
        {
            foreach (var path in new[] { "/predict?key=Secret-Query", "/v1/models/m:predict?key=Secret-Query", "/nope?key=Secret-Query", "/health?key=Secret-Query" })
            {
                await gateway.SendBareAsync(HttpMethod.Post, path, TestGateway.JsonContent("""{"text":"Secret-Text"}"""), ("X-API-Key", key), ("Cookie", "Secret-Cookie"));
            }
        }

        await File.WriteAllTextAsync(keys, "not a name:Secret-File", TestContext.Current.CancellationToken);
        await TestGateway.UntilAsync(() => gateway.Log.All.Any(static l => l.Message.Contains("those before stay", StringComparison.Ordinal)));
        Assert.Contains(server.Requests, static r => r.Header("X-API-Key") == "Secret-Inside");
        Assert.Contains(gateway.Log.All, static l => l.Message.Contains("failed at try", StringComparison.Ordinal));
        var log = string.Join('\n', gateway.Log.All.Select(static l => $"{l.Message} {string.Join(' ', l.Fields.Values)} {l.Exception}"));
        Assert.DoesNotContain("Secret", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Secret", gateway.Metrics, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("mobile", log, StringComparison.Ordinal);
    }
}
