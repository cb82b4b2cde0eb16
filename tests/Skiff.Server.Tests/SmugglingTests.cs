using Skiff.TestKit.Http;

namespace Skiff.Server.Tests;

/// <summary>Requests within requests: whatever the bytes are, there is one answer, and the one behind it is not taken for a request.</summary>
public sealed class SmugglingTests
{
    public static TheoryData<string> Names => [.. AmbiguousRequest.All.Select(static request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_Ambiguous_HasOneAnswer(string name)
    {
        var request = AmbiguousRequest.All.Single(request => request.Name == name);
        await using var server = await TestServer.StartAsync();

        var answer = await RawExchange.SendAsync(
            server.Address, request.Write("/v2/models/default/infer", "none", "/health"), TestContext.Current.CancellationToken);

        Assert.Equal(request.Server, RawExchange.Statuses(answer));
        Assert.Equal(request.IsPlain, answer.Contains("model API running", StringComparison.Ordinal));
    }
}
