using Microsoft.Extensions.Logging;

namespace Skiff.Server;

internal abstract partial class InferenceEndpoint
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "A {Protocol} request to {Model} {Version} failed ({RequestId})")]
        internal static partial void Failed(ILogger logger, string protocol, string? model, string? version, string requestId, Exception exception);
    }
}
