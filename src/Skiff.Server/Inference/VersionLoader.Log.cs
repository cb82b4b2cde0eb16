using Microsoft.Extensions.Logging;

namespace Skiff.Server;

internal sealed partial class VersionLoader
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.VersionLoaded, LogLevel.Information, "Loaded {Model} {Version} ({Producer}) in {Milliseconds} ms")]
        internal static partial void Loaded(ILogger logger, string model, string version, string? producer, double milliseconds);

        [LoggerMessage(EventIds.VersionRefused, LogLevel.Error, "Refused {Model} {Version}: {Reason}")]
        internal static partial void Refused(ILogger logger, string model, string version, string reason, Exception? exception);
    }
}
