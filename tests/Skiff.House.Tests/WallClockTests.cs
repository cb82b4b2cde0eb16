using System.Text.RegularExpressions;

namespace Skiff.House.Tests;

/// <summary>Clocks are set forward and back while a server runs. What waits or compares goes by a clock that only goes on; the one on the wall is for people.</summary>
public partial class WallClockTests
{
    /// <summary>Who may look at the clock on the wall, and what for.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["src/Skiff.Registry/Publishing/RegistryPublisher.cs"] = "saved_at of a published version",
        ["src/Skiff.Registry/Discovery/ScanClock.cs"] = "the age of files at the very first look; too young only means to wait for the settle time",
        ["src/Skiff.Server/Inference/VersionHistory.cs"] = "when something happened to a version, for its page",
        ["src/Skiff.ServiceDefaults/Logging/JsonLineLogger.cs"] = "the time of a log line",
        ["src/Skiff.ServiceDefaults/Metrics/MetricRegistry.cs"] = "process_start_time_seconds",
    };

    [Fact]
    public void SourceFile_ClockOnTheWall_IsLookedAtForPeopleOnly()
    {
        var users = Repository.Files("src", ".cs").Where(static file => Uses().IsMatch(Repository.Read(file))).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), users);
    }

    [GeneratedRegex(@"\b(GetUtcNow|GetLocalNow|UtcNow|DateTime\.Now|DateTimeOffset\.Now|DateTime\.Today)\b")]
    private static partial Regex Uses();
}
