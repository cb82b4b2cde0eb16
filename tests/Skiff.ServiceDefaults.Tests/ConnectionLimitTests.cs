using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Skiff.TestKit;

namespace Skiff.ServiceDefaults.Tests;

public sealed class ConnectionLimitTests : IDisposable
{
    private readonly LogLines _log = new();
    private readonly ManualTime _time = new();
    private readonly LoggerFactory _loggers = new();

    public ConnectionLimitTests() => _loggers.AddProvider(_log);

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task PassAsync_OneMoreThanMayBe_IsClosedAndTheNextPassesOnceOneIsGone()
    {
        var limit = Make(2);
        var end = new TaskCompletionSource();
        var first = limit.PassAsync(new DefaultConnectionContext(), _ => end.Task);
        var second = limit.PassAsync(new DefaultConnectionContext(), _ => end.Task);

        await limit.PassAsync(new DefaultConnectionContext(), static _ => throw new InvalidOperationException("it was passed on"));

        Assert.Equal(2, limit.Open);
        end.SetResult();
        await first;
        await second;
        Assert.Equal(0, limit.Open);
        var passed = false;
        await limit.PassAsync(new DefaultConnectionContext(), _ => Task.FromResult(passed = true));
        Assert.True(passed);
    }

    [Fact]
    public async Task PassAsync_ConnectionFails_IsCountedOut()
    {
        var limit = Make(1);

        await Assert.ThrowsAsync<IOException>(() => limit.PassAsync(new DefaultConnectionContext(), static _ => throw new IOException("reset")));

        Assert.Equal(0, limit.Open);
    }

    [Fact]
    public async Task PassAsync_ManyAreRefused_TheLogSaysSoNowAndThen()
    {
        var limit = Make(0);
        for (var i = 0; i < 1000; i++)
        {
            await RefuseAsync(limit);
        }

        _time.StepWallClock(TimeSpan.FromDays(-1));
        await RefuseAsync(limit);
        Assert.Single(_log.All);
        _time.Advance(TimeSpan.FromSeconds(10));
        await RefuseAsync(limit);

        Assert.Equal(
            [Line(1), Line(1002)],
            _log.All.Select(static line => line.Message));
    }

    [Theory]
    [InlineData(1_048_576, 1, 1_048_544)]
    [InlineData(20_000, 2, 9_984)]
    [InlineData(64, 1, 32)]
    [InlineData(40, 1, 20)]
    [InlineData(1, 2, 1)]
    public void ConnectionsOf_Limit_LeavesSomeForFiles(long limit, int each, int connections) => Assert.Equal(connections, FileDescriptors.ConnectionsOf(limit, each));

    [Theory]
    [InlineData("Max open files            64                   1048576              files     ", 64L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             64                   1048576              processes ", null)]
    [InlineData("Max open files", null)]
    public void Parse_Line_IsTheSoftLimit(string line, long? limit) => Assert.Equal(limit, FileDescriptors.Parse(["Limit                     Soft Limit           Hard Limit           Units     ", line]));

    private static string Line(int refused) =>
        $"0 connections are open, as many as may be; more are closed at once, {refused} so far. --max-connections (SKIFF_MAX_CONNECTIONS) and the limit of open files (ulimit -n) say how many";

    private static Task RefuseAsync(ConnectionLimit limit) => limit.PassAsync(new DefaultConnectionContext(), static _ => Task.CompletedTask);

    private ConnectionLimit Make(int maximum) => new(maximum, _time, _loggers.CreateLogger<ConnectionLimit>());
}
