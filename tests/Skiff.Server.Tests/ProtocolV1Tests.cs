namespace Skiff.Server.Tests;

public sealed class ProtocolV1Tests
{
    [Fact]
    public async Task Predict_Instances_AnswersPredictions()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("""{"predictions":["positive","negative"]}""", (await server.PostAsync("/v1/models/default:predict", """{"instances":["good","bad"]}""")).Text);
        Assert.Equal("""{"predictions":["positive"]}""", (await server.PostAsync("/v1/models/default/versions/1.0.0:predict", """{"instances":["good"]}""")).Text);
        Assert.Equal("""{"name":"default","ready":true}""", (await server.GetAsync("/v1/models/default")).Text);
        Assert.Equal("""{"models":["default"]}""", (await server.GetAsync("/v1/models")).Text);
    }

    [Theory]
    [InlineData("default", "{}", 400, "the body should be an object with \"instances\", a list")]
    [InlineData("default", """{"instances":[]}""", 400, "\"instances\" should hold at least one instance")]
    [InlineData("default", """{"instances":[5]}""", 400, "column 'text', row 0: a number was given where the model takes text; send it as a string")]
    [InlineData("nope", """{"instances":["x"]}""", 404, "Model 'nope' not found")]
    public async Task Predict_BadRequest_IsAnError(string model, string body, int status, string error)
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.PostAsync($"/v1/models/{model}:predict", body);
        Assert.Equal(status, answer.Status);
        Assert.Equal(error, answer.Json.GetProperty("error").GetString());
    }
}
