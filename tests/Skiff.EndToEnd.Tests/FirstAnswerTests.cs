using System.Net;
using System.Text.Json.Nodes;

namespace Skiff.EndToEnd.Tests;

/// <summary>What a user sees in the first minute.</summary>
public class FirstAnswerTests
{
    [Fact]
    public async Task Predict_BundledRegistry_AnswersWithPredictionVersionAndMetadata()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        var answer = await server.PredictAsync("this is a great product");

        Assert.Equal(("1.0.0", "positive"), answer.Prediction());
        var written = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(registry.Latest, null).Replace("model", "metadata.json", StringComparison.Ordinal)))!;
        var metadata = answer.Json["metadata"]!.AsObject();
        Assert.Equal(["best_cv_accuracy", "saved_at", "test_accuracy"], metadata.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.All(metadata, pair => Assert.True(JsonNode.DeepEquals(pair.Value, written[pair.Key]), pair.Key));
        Assert.Equal(answer.RequestId, answer.Text("requestId"));
    }

    [Fact]
    public async Task Predict_OtherText_AnswersOtherwise()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        Assert.Equal(("1.0.0", "negative"), (await server.PredictAsync("I hate this terrible product")).Prediction());
    }

    [Fact]
    public async Task Predict_RequestIdOfTheCaller_ComesBack()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new StringContent("""{"text":"fine"}""", null, "application/json") };
        request.Headers.Add("X-Request-Id", "from-the-caller_1.2");

        var answer = await Answer.ReadAsync(server.Client.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal("from-the-caller_1.2", answer.RequestId);
        Assert.Equal("from-the-caller_1.2", answer.Text("requestId"));
    }

    [Fact]
    public async Task Models_BundledRegistry_ListsTheServingVersion()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        var models = JsonNode.Parse((await server.GetAsync("/models")).Body)!.AsArray();

        var only = Assert.Single(models)!;
        Assert.Equal("1.0.0", (string?)only["version"]);
        Assert.True((bool?)only["serving"]);
        Assert.Equal("1.0.0", (await server.GetAsync("/models/latest")).Text("version"));
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/predict", HttpStatusCode.MethodNotAllowed)]
    public async Task Get_WrongPathOrMethod_IsAProblemWithARequestId(string path, HttpStatusCode status)
    {
        using var registry = TempRegistry.Empty();
        await using var server = await SkiffServer.StartAsync(registry.Root);

        var answer = await server.GetAsync(path);

        answer.AssertStatus(status);
        Assert.NotEmpty(answer.Detail);
        Assert.Equal(answer.RequestId, answer.Text("requestId"));
    }

    [Fact]
    public async Task Infer_SameModelThroughTheOpenProtocol_AgreesWithPredict()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();

        var answer = await server.PostAsync(
            "/v2/models/default/infer",
            """{"inputs":[{"name":"text","shape":[2],"datatype":"BYTES","data":["this is a great product","I hate this terrible product"]}]}""");

        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal("""["positive","negative"]""", answer.Json["outputs"]![0]!["data"]!.ToJsonString());
        Assert.Equal("""["positive","negative"]""", (await server.PostAsync(
            "/v1/models/default:predict", """{"instances":["this is a great product","I hate this terrible product"]}""")).Json["predictions"]!.ToJsonString());
    }
}
