using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

internal sealed partial class DrainService
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.Draining, LogLevel.Information, "Told to stop: not ready any more, serving for {DelaySeconds} s longer, then finishing within {FinishSeconds} s")]
        internal static partial void Draining(ILogger logger, double delaySeconds, double finishSeconds);

        [LoggerMessage(EventIds.Stopped, LogLevel.Information, "Stopped")]
        internal static partial void Stopped(ILogger logger);
    }
}
