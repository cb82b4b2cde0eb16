using Microsoft.Extensions.Logging;

namespace Skiff.Server;

internal sealed partial class RegistryCatalog
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.Registry, LogLevel.Warning, "Registry: {Model} {Version} {Path}: {Problem}")]
        internal static partial void Problem(ILogger logger, string? model, string? version, string path, string problem);
    }
}
