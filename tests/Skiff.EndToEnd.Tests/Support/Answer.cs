using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Skiff.EndToEnd.Tests;

/// <summary>A response, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, string? RequestId, TimeSpan? RetryAfter, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonObject Json => Parse()?.AsObject() ?? throw new Xunit.Sdk.XunitException($"{(int)Status}, not a JSON object: {Body}");

    /// <summary>The <c>detail</c> of an error.</summary>
    public string Detail => Text("detail");

    public static async Task<Answer> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        return new Answer(
            response.StatusCode,
            response.Headers.TryGetValues("X-Request-Id", out var values) ? values.Single() : null,
            response.Headers.RetryAfter?.Delta,
            await response.Content.ReadAsStringAsync());
    }

    public string Text(string key) => (string?)Json[key] ?? throw new Xunit.Sdk.XunitException($"no {key} in {Body}");

    public void AssertStatus(HttpStatusCode expected) => Assert.True(Status == expected, $"{(int)Status} instead of {(int)expected}: {Body}");

    /// <summary>A prediction together with the version that claims it.</summary>
    public (string Version, string Prediction) Prediction()
    {
        AssertStatus(HttpStatusCode.OK);
        return (Text("version"), Text("prediction"));
    }

    private JsonNode? Parse()
    {
        try
        {
            return JsonNode.Parse(Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
