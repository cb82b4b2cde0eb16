using System.Text.Json;

namespace Skiff.Server.Tests;

/// <summary>API keys asked for by the model server itself.</summary>
public sealed class KeyTests
{
    private const string Body = """{"text":"good"}""";

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    [InlineData("/v2/health/live")]
    [InlineData("/v2/health/ready")]
    public async Task Health_WithoutKey_IsOpen(string path)
    {
        await using var server = await StartAsync();
        Assert.Equal(200, (await server.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/models")]
    [InlineData("/metrics")]
    [InlineData("/docs")]
    [InlineData("/nothing")]
    [InlineData("/healthy")]
    public async Task Page_WithoutKey_IsRefused(string path)
    {
        await using var server = await StartAsync();
        var answer = await server.GetAsync(path);
        Assert.Equal(401, answer.Status);
        using var problem = JsonDocument.Parse(answer.Text);
        Assert.Equal("the header X-API-Key must hold one API key", problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal("Unauthorized", problem.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Predict_ByKey_IsAnsweredOrRefused()
    {
        await using var server = await StartAsync();
        Assert.Equal(401, (await server.PostAsync("/predict", Body)).Status);
        Assert.Equal(401, (await SendAsync(server, "/predict", "wrong")).Status);
        Assert.Equal(200, (await SendAsync(server, "/predict", "secret")).Status);
        Assert.Equal(200, (await SendAsync(server, "/predict", "other")).Status);
    }

    [Fact]
    public async Task V2_WrongKey_IsAnErrorOfItsProtocol()
    {
        await using var server = await StartAsync();
        var answer = await SendAsync(server, "/v2/models/default/infer", "wrong");
        Assert.Equal((401, """{"error":"the key in X-API-Key is not valid"}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Predict_KeysAskedForAndNone_SaysSo()
    {
        await using var server = await TestServer.StartAsync(configure: static o => o.ApiKeys.File = "/nowhere/keys");
        var answer = await SendAsync(server, "/predict", "secret");
        Assert.Equal(500, answer.Status);
        Assert.Contains("no API keys are configured, so every call is refused: set SKIFF_API_KEYS or SKIFF_API_KEYS_FILE", answer.Text, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(configure: static o => o.ApiKeys.Keys = "mobile:secret,other");

    private static Task<Answer> SendAsync(TestServer server, string path, string key) =>
        server.SendAsync(HttpMethod.Post, path, Body, headers: ("X-API-Key", key));
}
