using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Skiff.ServiceDefaults;
using Skiff.TestKit;

namespace Skiff.Server.Tests;

/// <summary>Each row of the status table, with the words that the caller gets.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData("GET", "/nope", 404, null)]
    [InlineData("GET", "/", 404, null)]
    [InlineData("GET", "/predict", 405, "POST")]
    [InlineData("POST", "/health", 405, "GET, HEAD")]
    [InlineData("DELETE", "/models/latest", 405, "GET, HEAD")]
    public async Task SimplePath_UnknownOrWrongMethod_IsAProblem(string method, string path, int status, string? allow)
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync(new HttpMethod(method), path);
        Assert.Equal(status, answer.Status);
        Assert.Equal(allow, answer.Header("Allow")?.Replace(",", ", ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal));
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(answer.Json.GetProperty("title").GetString()!);
        Assert.Contains(path, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(answer.RequestId, answer.Json.GetProperty("requestId").GetString());
    }

    [Theory]
    [InlineData("GET", "/v2/nope", 404)]
    [InlineData("GET", "/v2/models/default/nope", 404)]
    [InlineData("GET", "/v2/models/", 404)]
    [InlineData("GET", "/v2/models/default/infer", 405)]
    [InlineData("POST", "/v2/health/live", 405)]
    [InlineData("GET", "/v1/models/default:predict", 405)]
    [InlineData("GET", "/v1/nope", 404)]
    [InlineData("GET", "/v2/models/nope", 404)]
    [InlineData("GET", "/v2/models/default/versions/9", 404)]
    [InlineData("GET", "/v1/models/nope", 404)]
    public async Task ProtocolPath_UnknownOrWrongMethod_IsAnError(string method, string path, int status)
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync(new HttpMethod(method), path);
        Assert.Equal(status, answer.Status);
        Assert.NotEmpty(answer.Json.GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData("""{"instances":[[1,2]]}""", """["body","instances",0]""", "row 0 has 2 values, the model takes 3", "[1,2]")]
    [InlineData("""{"instances":[[1,2,3],[1,2,3,4]]}""", """["body","instances",1]""", "row 1 has more than the 3 values that the model takes", "[1,2,3,4]")]
    [InlineData("""{"instances":[{"a":1,"b":2}]}""", """["body","instances",0,"c"]""", "column 'c', row 0: no value was given", """{"a":1,"b":2}""")]
    [InlineData("""{"instances":[[1,"x",3]]}""", """["body","instances",0,"b"]""", "column 'b', row 0: the text \"x\" was given where the model takes a number", """[1,"x",3]""")]
    [InlineData("""{"instance":[1,[2],3]}""", """["body","instance","b"]""", "column 'b', row 0: a list or an object was given where the model takes one value", "[1,[2],3]")]
    [InlineData("""{"text":"x"}""", """["body","text"]""", "column 'a', row 0: the text \"x\" was given where the model takes a number", "\"x\"")]
    public async Task Predict_RowsThatDoNotFit_Are422WithThePlace(string body, string place, string message, string input)
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "matrix", isLatest: true));
        var answer = await server.PostAsync("/predict", body);
        Assert.Equal(422, answer.Status);
        var error = answer.Json.GetProperty("detail")[0];
        Assert.Equal("value_error", error.GetProperty("type").GetString());
        Assert.Equal(place, error.GetProperty("loc").GetRawText());
        Assert.StartsWith(message, error.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Equal(input, error.GetProperty("input").GetRawText());
    }

    [Theory]
    [InlineData("""{"instances":5}""", "list_type", """["body","instances"]""")]
    [InlineData("""{"instances":[ ]}""", "too_short", """["body","instances"]""")]
    [InlineData("""{}""", "missing", """["body","instances"]""")]
    [InlineData("""{"instances":[[1,2,3]],"outputs":"predict"}""", "list_type", """["body","outputs"]""")]
    [InlineData("""{"instances":[[1,2,3]],"outputs":[1]}""", "string_type", """["body","outputs",0]""")]
    [InlineData("""{"instances":[[1,2,3]],"model":1}""", "string_type", """["body","model"]""")]
    public async Task Predict_ShapeOfTheBodyIsWrong_Is422(string body, string type, string place)
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "matrix", isLatest: true));
        var answer = await server.PostAsync("/predict", body);
        Assert.Equal(422, answer.Status);
        var error = answer.Json.GetProperty("detail")[0];
        Assert.Equal(type, error.GetProperty("type").GetString());
        Assert.Equal(place, error.GetProperty("loc").GetRawText());
    }

    [Fact]
    public async Task Predict_OutputThatTheModelLacks_Is422NamingThoseItHas()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.PostAsync("/predict", """{"text":"x","outputs":["predict","transform"]}""");
        Assert.Equal(422, answer.Status);
        Assert.Equal(
            """{"detail":[{"type":"literal_error","loc":["body","outputs",1],"msg":"Input should be 'predict' or 'predict_proba'","input":"transform","ctx":{"expected":"'predict' or 'predict_proba'"}}]}""",
            answer.Text);
    }

    [Fact]
    public async Task Predict_FunctionThatRaises_Is422WithItsMessage()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.PostAsync("/predict", """{"instances":["fine","boom"]}""");
        Assert.Equal(422, answer.Status);
        Assert.Equal(
            """{"detail":[{"type":"function_error","loc":["body","instances",1],"msg":"clean_text, row 1: ValueError: boom","input":"boom"}]}""", answer.Text);
    }

    [Theory]
    [InlineData("9.9.9")]
    [InlineData("../../etc")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\u0000b")]
    [InlineData("latest")]
    public async Task Predict_UnknownVersion_Is404AndTouchesNoFile(string version)
    {
        await using var server = await TestServer.StartAsync();
        var loads = server.Loader.Loads;
        var answer = await server.PostAsync("/predict", $$"""{"text":"x","version":"{{version}}"}""");
        Assert.Equal(404, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.StartsWith("Model version '", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("' not found", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(loads, server.Loader.Loads);
    }

    [Fact]
    public async Task Predict_VersionOf300Characters_Is404()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(404, (await server.PostAsync("/predict", $$"""{"text":"x","version":"{{new string('v', 300)}}"}""")).Status);
        Assert.Equal(404, (await server.GetAsync("/models/" + new string('v', 3000))).Status);
    }

    [Fact]
    public async Task Predict_RefusedVersion_Is409WithTheReason()
    {
        await using var server = await TestServer.StartAsync(static r =>
        {
            r.WriteVersion("1.0.0", "text", isLatest: true);
            r.WriteVersion("2.0.0", "keras");
        });
        foreach (var answer in new[]
        {
            await server.PostAsync("/predict", """{"text":"x","version":"2.0.0"}"""),
            await server.PostAsync("/predict", """{"text":"x","version":"2.0.0"}"""),
            await server.GetAsync("/models/2.0.0"),
        })
        {
            Assert.Equal(409, answer.Status);
            Assert.Equal("Model version '2.0.0' was refused: model.joblib: keras is not supported", answer.Json.GetProperty("detail").GetString());
        }

        Assert.Equal(2, server.Loader.Loads);
        var v2 = await server.PostAsync("/v2/models/default/versions/2.0.0/infer", """{"inputs":[{"name":"t","shape":[1],"datatype":"BYTES","data":["x"]}]}""");
        Assert.Equal(409, v2.Status);
    }

    [Fact]
    public async Task Predict_NothingThere_Is503AndSaysWhatToDo()
    {
        await using var server = await TestServer.StartAsync(static _ => { }, waitUntilReady: false);
        await TestServer.UntilAsync(() => server.Cache.HasLooked);
        var answer = await server.PostAsync("/predict", """{"text":"x"}""");
        Assert.Equal(503, answer.Status);
        Assert.Equal("1", answer.Header("Retry-After"));
        var expected = $"no model in {server.Registry.Root} yet: put {server.Registry.Root}/latest/model.joblib there";
        Assert.Equal(expected, answer.Json.GetProperty("detail").GetString());
        Assert.Equal(503, (await server.GetAsync("/models/latest")).Status);
        Assert.Equal("[]", (await server.GetAsync("/models")).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Predict_BodyOverTheLimit_Is413NamingTheSetting(bool chunked)
    {
        await using var server = await TestServer.StartAsync(configure: static o => o.Server.MaxBodyBytes = 1000);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/predict"))
        {
            Content = new StringContent($$"""{"text":"{{new string('x', 2000)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);
        Assert.Equal(413, answer.Status);
        Assert.Equal(
            "the body is larger than 1000 bytes; --max-body-bytes (SKIFF_MAX_BODY_BYTES) sets the limit", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Predict_QueueFull_Is503AndTheOthersAreAnswered()
    {
        await using var server = await TestServer.StartAsync(
            static r => r.WriteVersion("1", "slow", isLatest: true),
            static o => (o.Server.MaxConcurrency, o.Server.MaxQueue) = (1, 1));
        var first = server.PostAsync("/predict", """{"text":"x"}""");
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);
        var second = server.PostAsync("/predict", """{"text":"x"}""");
        var gate = server.Services.GetRequiredService<ConcurrencyGate>();
        await TestServer.UntilAsync(() => gate.Waiting == 1);
        var third = await server.PostAsync("/predict", """{"text":"x"}""");
        Assert.Equal(503, third.Status);
        Assert.Equal("1", third.Header("Retry-After"));
        Assert.Equal(
            "more requests come than can be answered in time; --max-wait (SKIFF_MAX_WAIT) and --max-queue (SKIFF_MAX_QUEUE) set how long and how many may wait",
            third.Json.GetProperty("detail").GetString());
        server.Loader.Gate.Release(2);
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await second).Status);
        Assert.Equal(0, gate.Running);
    }

    [Fact]
    public async Task Predict_WaitsLongerThanTheDeadline_Is504()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(
            static r => r.WriteVersion("1", "slow", isLatest: true),
            static o => (o.Server.MaxConcurrency, o.Server.RequestTimeout) = (1, TimeSpan.FromSeconds(3)),
            b => b.Services.AddSingleton<TimeProvider>(time));
        var first = server.PostAsync("/predict", """{"text":"x"}""");
        await server.Loader.Begun.WaitAsync(TestContext.Current.CancellationToken);
        var second = server.PostAsync("/predict", """{"text":"x"}""");
        await TestServer.UntilAsync(() => server.Services.GetRequiredService<ConcurrencyGate>().Waiting == 1);
        time.Advance(TimeSpan.FromSeconds(4));
        var late = await second;
        Assert.Equal(504, late.Status);
        Assert.Equal("the request took longer than --request-timeout (SKIFF_REQUEST_TIMEOUT) allows", late.Json.GetProperty("detail").GetString());
        server.Loader.Gate.Release(1);
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task Predict_BugOfTheServer_Is500WithTheRequestIdAndNothingElse()
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "crash", isLatest: true));
        var answer = await server.SendAsync(HttpMethod.Post, "/predict", """{"text":"x"}""", headers: ("X-Request-Id", "my-id"));
        Assert.Equal(500, answer.Status);
        Assert.Equal("my-id", answer.Json.GetProperty("requestId").GetString());
        Assert.Equal("the server failed; its log says more under the request id my-id", answer.Json.GetProperty("detail").GetString());
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_BodyThatComesInPieces_IsAnswered()
    {
        await using var server = await TestServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        client.NoDelay = true;
        var stream = client.GetStream();
        foreach (var piece in new[]
        {
            "POST /predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n", "{\"te", "xt\":\"", "good\"}",
        })
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), TestContext.Current.CancellationToken);
        }

        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200 OK", text, StringComparison.Ordinal);
        Assert.Contains("\"prediction\":\"positive\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_SeveralModelsAndNoneNamed_Is422NamingThem()
    {
        await using var server = await TestServer.StartAsync(static r =>
        {
            r.WriteVersion("1", "text", isLatest: true, under: "mood");
            r.WriteVersion("1", "matrix", isLatest: true, under: "sum");
        });
        var answer = await server.PostAsync("/predict", """{"text":"x"}""");
        Assert.Equal(422, answer.Status);
        Assert.Equal("""["body","model"]""", answer.Json.GetProperty("detail")[0].GetProperty("loc").GetRawText());
        Assert.Equal("several models are served, name one: mood, sum", answer.Json.GetProperty("detail")[0].GetProperty("msg").GetString());
        Assert.Equal("6.0", (await server.PostAsync("/predict", """{"model":"sum","instance":[1,2,3]}""")).Json.GetProperty("prediction").GetRawText());
        Assert.Equal(404, (await server.PostAsync("/predict", """{"model":"nope","text":"x"}""")).Status);
    }
}
