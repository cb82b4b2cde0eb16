using System.Net.Http.Headers;
using Skiff.Gateway.Tests.Support;

namespace Skiff.Gateway.Tests;

/// <summary>What is asked of a model server for each path, and what becomes of its answer.</summary>
public sealed class RouteTests
{
    [Theory]
    [InlineData("POST", "/predict", "POST /predict", "result")]
    [InlineData("POST", "/predict/", "POST /predict", "result")]
    [InlineData("POST", "/predict?model=iris&x=%20%C3%A9", "POST /predict?model=iris&x=%20%C3%A9", "result")]
    [InlineData("GET", "/admin/models", "GET /models", "models")]
    [InlineData("GET", "/admin/models/?model=iris", "GET /models?model=iris", "models")]
    [InlineData("GET", "/admin/models/latest", "GET /models/latest", "latestModel")]
    public async Task Enveloped_Answer_IsInTheGatewaysOwn(string method, string path, string asked, string name)
    {
        const string Json = """{"version":"1.0.0","prediction":"groß","x":[1e-05,1.0]}""";
        await using var server = await FakeModelServer.StartAsync(Json);
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.SendAsync(new HttpMethod(method), path, method == "POST" ? TestGateway.JsonContent("""{"text":"gut"}""") : null);
        reply.IsJson($$$"""{"source":"gateway","requestId":"ID","{{{name}}}":{{{Json}}}}""");
        Assert.Equal(["Content-Length", "Content-Type", "Date", "X-Request-ID"], reply.Headers.Keys.Order(StringComparer.Ordinal));
        var seen = Assert.Single(server.Requests);
        Assert.Equal(asked, seen.Line);
        Assert.Equal(method == "POST" ? """{"text":"gut"}""" : "", seen.Text);
        Assert.Equal(reply.RequestId, seen.Header("X-Request-Id"));
        Assert.Equal(server.Id, seen.Header("Host"));
    }

    [Fact]
    public async Task Enveloped_AnswerWithHeaders_LeavesThemOut()
    {
        await using var server = await FakeModelServer.StartAsync(static context =>
        {
            context.Response.Headers.SetCookie = "session=1";
            context.Response.Headers.Server = "uvicorn";
            context.Response.Headers["X-Inside"] = "yes";
            context.Response.Headers["X-Request-Id"] = "another";
            return FakeModelServer.SendAsync(context, 200, "application/vnd.model+json; charset=utf-8", "[]");
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/predict", headers: ("X-Request-Id", "mine"));
        reply.IsJson("""{"source":"gateway","requestId":"ID","result":[]}""");
        Assert.Equal("mine", reply.RequestId);
        Assert.Equal(["Content-Length", "Content-Type", "Date", "X-Request-ID"], reply.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Enveloped_CallerThatTakesGzip_IsNotAnsweredWithIt()
    {
        await using var server = await FakeModelServer.StartAsync(static context => context.Request.Headers.AcceptEncoding.Count > 0
            ? FakeModelServer.SendAsync(context, 200, "application/json", "\u001f\u008b")
            : FakeModelServer.SendAsync(context, 200, "application/json", "{}"));
        await using var gateway = await TestGateway.StartAsync(server.Url);
        (await gateway.PostAsync("/predict", headers: ("Accept-Encoding", "gzip, br"))).IsJson("""{"source":"gateway","requestId":"ID","result":{}}""");
    }

    [Theory]
    [InlineData("GET", "/v1/models/iris")]
    [InlineData("POST", "/v1/models/iris:predict?a=b&a=c")]
    [InlineData("GET", "/v2")]
    [InlineData("GET", "/v2/")]
    [InlineData("GET", "/v2/health/ready")]
    [InlineData("POST", "/v2/models/iris/versions/1.0.0/infer")]
    [InlineData("POST", "/v2/repository/models/gr%C3%BCn%20x/load")]
    [InlineData("DELETE", "/v2/anything/")]
    [InlineData("PUT", "/v2/anything//twice")]
    public async Task PassThrough_Request_GoesOnAsItIs(string method, string path)
    {
        await using var server = await FakeModelServer.StartAsync("""{"ready":true}""");
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.SendAsync(new HttpMethod(method), path, method == "GET" ? null : TestGateway.JsonContent("{}"));
        reply.IsJson("""{"ready":true}""");
        var seen = Assert.Single(server.Requests);
        Assert.Equal($"{method} {path}", seen.Line);
    }

    [Fact]
    public async Task PassThrough_BinaryBodiesAndHeaders_AreUnchanged()
    {
        var sent = Enumerable.Range(0, 100_000).Select(static i => (byte)(i * 7 ^ i >> 8)).ToArray();
        var answered = sent.Reverse().ToArray();
        await using var server = await FakeModelServer.StartAsync(context =>
        {
            context.Response.ContentType = "application/octet-stream";
            context.Response.Headers["Inference-Header-Content-Length"] = "64";
            context.Response.Headers["X-Other"] = new(["one", "two"]);
            context.Response.Headers["X-Request-Id"] = "another";
            return context.Response.Body.WriteAsync(answered).AsTask();
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        using var content = new ByteArrayContent(sent);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var reply = await gateway.SendAsync(
            HttpMethod.Post, "/v2/models/m/infer", content, ("Inference-Header-Content-Length", "99"), ("X-Unknown", "so it is"), ("Accept-Encoding", "gzip"), ("X-Request-Id", "mine"));
        Assert.Equal((200, "application/octet-stream"), (reply.Status, reply.ContentType));
        Assert.Equal(answered, reply.Body);
        Assert.Equal(("64", "one, two", "mine", "100000"), (reply.Header("Inference-Header-Content-Length"), reply.Header("X-Other"), reply.RequestId, reply.Header("Content-Length")));
        var seen = Assert.Single(server.Requests);
        Assert.Equal(sent, seen.Body);
        Assert.Equal(
            ("99", "so it is", "gzip", "mine", "100000", "application/octet-stream"),
            (seen.Header("Inference-Header-Content-Length"), seen.Header("X-Unknown"), seen.Header("Accept-Encoding"), seen.Header("X-Request-Id"), seen.Header("Content-Length"), seen.Header("Content-Type")));
    }

    [Theory]
    [InlineData(201, "application/json", """{"id":1}""")]
    [InlineData(400, "application/json", """{"error":"no"}""")]
    [InlineData(404, "text/plain", "nothing")]
    [InlineData(500, "text/html", "<html>broken</html>")]
    [InlineData(503, "application/json", """{"error":"loading"}""")]
    public async Task PassThrough_AnyStatus_IsPassedOn(int status, string contentType, string body)
    {
        await using var server = await FakeModelServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return FakeModelServer.SendAsync(context, status, contentType, body);
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.PostAsync("/v2/models/m/infer");
        Assert.Equal((status, contentType, body, "7"), (reply.Status, reply.ContentType, reply.Text, reply.Header("Retry-After")));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public async Task PassThrough_StatusWithoutBody_IsPassedOn(int status)
    {
        await using var server = await FakeModelServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.ETag = "\"1\"";
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.GetAsync("/v2");
        Assert.Equal((status, "", "\"1\""), (reply.Status, reply.Text, reply.Header("ETag")));
    }

    [Fact]
    public async Task PassThrough_Head_HasHeadersAndNoBody()
    {
        await using var server = await FakeModelServer.StartAsync(static context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 17;
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.SendAsync(HttpMethod.Head, "/v2/models/m", null);
        Assert.Equal((200, "application/json", "17", ""), (reply.Status, reply.ContentType, reply.Header("Content-Length"), reply.Text));
        Assert.Equal("HEAD /v2/models/m", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task PassThrough_ExpectContinue_IsAnsweredByTheGateway()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        (await gateway.PostAsync("/v2/models/m/infer", "{}", ("Expect", "100-continue"))).IsJson(FakeModelServer.Json);
        Assert.Null(Assert.Single(server.Requests).Header("Expect"));
    }

    [Fact]
    public async Task Address_WithAPath_IsBeforeTheServersOwn()
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url + "/models-api/");
        await gateway.PostAsync("/predict");
        await gateway.GetAsync("/admin/models");
        await gateway.GetAsync("/v2/models/m?x=1");
        Assert.Equal(["POST /models-api/predict", "GET /models-api/models", "GET /models-api/v2/models/m?x=1"], server.Requests.Select(static r => r.Line));
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/nope")]
    [InlineData("GET", "/models")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/admin")]
    [InlineData("GET", "/admin/models/1.0.0")]
    [InlineData("POST", "/predictions")]
    [InlineData("POST", "/predict//")]
    [InlineData("POST", "/Predict")]
    [InlineData("GET", "/v11/models")]
    [InlineData("GET", "/V1/models")]
    [InlineData("GET", "/healthy")]
    [InlineData("GET", "/health/other")]
    [InlineData("GET", "/v1/%2e%2e/metrics", "/metrics")]
    [InlineData("GET", "/caf%C3%A9")]
    public async Task Path_Unknown_Is404(string method, string path, string? told = null)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.SendAsync(new HttpMethod(method), path, null);
        reply.IsProblem(404, "Not Found", $"There is nothing at {told ?? path}; there are /predict, /admin/models, /admin/models/latest, /v1, /v2 and /health");
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("GET", "/predict", "POST")]
    [InlineData("PUT", "/predict", "POST")]
    [InlineData("OPTIONS", "/predict", "POST")]
    [InlineData("POST", "/admin/models", "GET")]
    [InlineData("DELETE", "/admin/models/latest", "GET")]
    [InlineData("POST", "/health", "GET, HEAD")]
    [InlineData("DELETE", "/health/ready", "GET, HEAD")]
    public async Task Method_Wrong_Is405(string method, string path, string allowed)
    {
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);
        var reply = await gateway.SendAsync(new HttpMethod(method), path, null);
        reply.IsProblem(405, "Method Not Allowed", $"{path} takes {allowed}");
        Assert.Equal(allowed, reply.Header("Allow"));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Method_WrongHead_Is405WithoutBody()
    {
        await using var gateway = await TestGateway.StartAsync("http://127.0.0.1:9");
        var reply = await gateway.SendAsync(HttpMethod.Head, "/predict", null);
        Assert.Equal((405, "POST", ""), (reply.Status, reply.Header("Allow"), reply.Text));
    }
}
