using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Skiff.Server.Tests;

public sealed class FastApiTests
{
    private const string Variable = "SKIFF_FASTAPI_ANSWERS";

    [Fact]
    public async Task Predict_BodiesOfTheCorpus_AnswersAsFastApiRecorded()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var line in Resource.Lines("fastapi-corpus.jsonl"))
        {
            var recorded = JsonNode.Parse(line)!;
            var answer = await PostAsync(server, Convert.FromHexString((string)recorded["body"]!), (string?)recorded["contentType"]);
            Assert.True((int)recorded["status"]! == answer.Status, $"{line}: {answer.Status} {answer.Text}");
            if (answer.Status == 422)
            {
                Assert.Equal("application/json", answer.ContentType);
                Assert.Equal((string)recorded["answer"]!, answer.Text);
            }
        }
    }

    [Fact]
    public async Task Requests_OfARecordedPythonService_AreAnsweredAlike()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        if (path is null)
        {
            Assert.Skip($"needs the recorded answers of a Python service; set {Variable} to their file");
        }

        await using var server = await TestServer.StartAsync(r => r.WriteVersion("1.0.0", "text positive", TestServer.Metadata, isLatest: true));
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        foreach (var recorded in JsonNode.Parse(text)!["answers"]!.AsArray())
        {
            await ReplayAsync(server, recorded!);
        }
    }

    private static async Task ReplayAsync(TestServer server, JsonNode recorded)
    {
        var request = recorded["request"]!;
        var method = (string)request["method"]!;
        var path = (string)request["path"]!;
        var body = request["bodyHex"] is { } hex ? Convert.FromHexString((string)hex!) : request["body"] is { } plain ? Encoding.UTF8.GetBytes((string)plain!) : null;
        using var message = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address, path));
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in request["headers"]!.AsObject())
        {
            _ = message.Headers.TryAddWithoutValidation(name, (string)value!) || message.Content?.Headers.TryAddWithoutValidation(name, (string)value!) is true;
        }

        using var response = await server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);
        var what = $"{method} {path} {request["body"]}: {answer.Status} {answer.Text}";
        Assert.NotNull(answer.RequestId);
        var status = (int)recorded["status"]!;
        var isDifferentOnPurpose = method == "HEAD" || path == "/health/" || request["bodyHex"] is not null;
        Assert.True((isDifferentOnPurpose ? (request["bodyHex"] is null ? 200 : 422) : status) == answer.Status, what);
        if (isDifferentOnPurpose)
        {
            return;
        }

        if (status is 404 or 405)
        {
            Assert.True(answer.Json.GetProperty("detail").ValueKind == JsonValueKind.String, what);
            return;
        }

        var expected = recorded["body"]!.DeepClone();
        var actual = JsonNode.Parse(answer.Text)!;
        if (status == 200)
        {
            // The stand-in model has an answer of its own; ids are new each time; the detail is the contract's.
            foreach (var key in new[] { "requestId", "detail", "prediction" })
            {
                expected.AsObject().Remove(key);
                actual.AsObject().Remove(key);
            }
        }

        Assert.True(JsonNode.DeepEquals(expected, actual), $"{what}, expected {expected}");
    }

    private static async Task<Answer> PostAsync(TestServer server, byte[] body, string? contentType)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/predict")) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await server.Client.SendAsync(message, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
