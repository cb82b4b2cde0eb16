using Microsoft.Extensions.Logging;

namespace Skiff.Server;

internal sealed partial class Dispatcher
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.PageFailed, LogLevel.Error, "{Method} {Path} failed ({RequestId})")]
        internal static partial void Failed(ILogger logger, string method, string path, string requestId, Exception exception);

        [LoggerMessage(EventIds.RequestDone, LogLevel.Information, "{Method} {Path} {Status} ({RequestId})")]
        internal static partial void Done(ILogger logger, string method, string path, int status, string requestId);
    }
}
