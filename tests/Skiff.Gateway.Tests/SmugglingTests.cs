using Skiff.Gateway.Tests.Support;
using Skiff.TestKit.Http;

namespace Skiff.Gateway.Tests;

/// <summary>Requests within requests: whatever the bytes are, the model server gets one request or none, and never the one behind it.</summary>
public sealed class SmugglingTests
{
    public static TheoryData<string> Names => [.. AmbiguousRequest.All.Select(static request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_Ambiguous_IsOneOrNoneForTheModelServer(string name)
    {
        var request = AmbiguousRequest.All.Single(request => request.Name == name);
        await using var server = await FakeModelServer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(server.Url);

        var answer = await RawExchange.SendAsync(
            gateway.Address, request.Write("/v2/models/m/infer", TestGateway.Key, "/v2/models/smuggled"), TestContext.Current.CancellationToken);

        Assert.Equal(request.Gateway, RawExchange.Statuses(answer));
        var expected = new List<(string Line, string Text, string? Length)>();
        if (request.Forwarded is { } body)
        {
            expected.Add(("POST /v2/models/m/infer", body, $"{body.Length}"));
        }

        if (request.IsPlain)
        {
            expected.Add(("GET /v2/models/smuggled", string.Empty, null));
        }

        Assert.Equal(expected, server.Requests.Select(static seen => (seen.Line, seen.Text, seen.Header("Content-Length"))));
        Assert.All(server.Requests, static seen => Assert.DoesNotContain(seen.Headers.Keys, static name => name.Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)));
    }
}
