namespace Skiff.Server.Tests;

/// <summary>The registry's folder goes and comes back.</summary>
public sealed class RegistryAwayTests
{
    [Fact]
    public async Task Ready_RegistryIsGone_SaysThatWhatIsInMemoryAnswersAndSeesItComeBack()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("ready", await DetailAsync(server));
        var away = server.Registry.Root + "-away";
        Directory.Move(server.Registry.Root, away);
        try
        {
            await TestServer.UntilAsync(() => server.Cache.IsAway);

            Assert.Equal($"ready with what is in memory: there is no model in {server.Registry.Root} any more", await DetailAsync(server));
            Assert.Equal(200, (await server.PostAsync("/predict", """{"text":"x"}""")).Status);
        }
        finally
        {
            Directory.Move(away, server.Registry.Root);
        }

        await TestServer.UntilAsync(() => !server.Cache.IsAway);
        Assert.Equal("ready", await DetailAsync(server));
    }

    private static async Task<string?> DetailAsync(TestServer server)
    {
        var answer = await server.GetAsync("/health/ready");
        Assert.Equal(200, answer.Status);
        return answer.Json.GetProperty("detail").GetString();
    }
}
