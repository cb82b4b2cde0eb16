using Microsoft.Extensions.Logging;

namespace Skiff.Server;

internal sealed partial class RegistryCatalog
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.Registry, LogLevel.Warning, "Registry, {Path}: {Problem}")]
        internal static partial void Problem(ILogger logger, string path, string problem);

        [LoggerMessage(EventIds.RegistryFailed, LogLevel.Critical, "The registry is not looked through any more; what serves goes on serving")]
        internal static partial void Failed(ILogger logger, Exception exception);
    }
}
