namespace Skiff.Server.Tests;

public sealed class PredictTests
{
    [Fact]
    public async Task Predict_Text_AnswersAsContract()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync(HttpMethod.Post, "/predict", """{"text":"this is great"}""", headers: ("X-Request-Id", "abc-1"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("abc-1", answer.RequestId);
        Assert.Equal(
            """{"version":"1.0.0","prediction":"positive","metadata":{"best_cv_accuracy":0.2,"test_accuracy":0.3333333333333333,"saved_at":"2025-11-30T12:50:17.623140Z"},"requestId":"abc-1"}""",
            answer.Text);
    }

    [Fact]
    public async Task Predict_Instances_AnswersPredictionsAndOutputs()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync(
            HttpMethod.Post, "/predict", """{"instances":["good","bad"],"outputs":["predict_proba"]}""", headers: ("X-Request-Id", "r"));
        Assert.Equal(
            """{"version":"1.0.0","predictions":["positive","negative"],"outputs":{"predict_proba":[[0.1,0.9],[0.75,0.25]]},"classes":["negative","positive"],"metadata":{"best_cv_accuracy":0.2,"test_accuracy":0.3333333333333333,"saved_at":"2025-11-30T12:50:17.623140Z"},"requestId":"r"}""",
            answer.Text);
    }
}
