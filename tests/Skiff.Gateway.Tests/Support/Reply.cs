using System.Text;

namespace Skiff.Gateway.Tests.Support;

/// <summary>What a gateway has answered.</summary>
internal sealed record Reply(int Status, string? ContentType, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    internal string? RequestId => Header("X-Request-Id");

    /// <summary>The body as text, with <c>ID</c> where the request's id stands.</summary>
    internal string Text => Encoding.UTF8.GetString(Body).Replace(RequestId ?? "\0", "ID", StringComparison.Ordinal);

    internal string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Asserts that this is an error of the simple API.</summary>
    internal void IsProblem(int status, string title, string detail)
    {
        Assert.Equal($$"""{"title":"{{title}}","status":{{status}},"detail":"{{detail}}","requestId":"ID"}""", Text);
        Assert.Equal((status, "application/problem+json"), (Status, ContentType));
    }

    /// <summary>Asserts that this is an error of v1 or v2.</summary>
    internal void IsError(int status, string error)
    {
        Assert.Equal($$"""{"error":"{{error}}"}""", Text);
        Assert.Equal((status, "application/json"), (Status, ContentType));
    }

    /// <summary>Asserts that this is an answer with JSON.</summary>
    internal void IsJson(string json)
    {
        Assert.Equal(json, Text);
        Assert.Equal((200, "application/json"), (Status, ContentType));
    }
}
