using Microsoft.Extensions.Logging;

namespace Skiff.Server;

internal sealed partial class ModelCache
{
    private static partial class Log
    {
        [LoggerMessage(EventIds.VersionServed, LogLevel.Information, "{Model} is answered by version {Version}; nothing answered before")]
        internal static partial void FirstServed(ILogger logger, string model, string version);

        [LoggerMessage(EventIds.VersionSwapped, LogLevel.Information, "{Model} is answered by version {Version}, until now by {Previous}")]
        internal static partial void Swapped(ILogger logger, string model, string version, string previous);

        [LoggerMessage(EventIds.LastGoodKept, LogLevel.Warning, "{Model} goes on being answered by version {Previous}, because version {Version} was refused")]
        internal static partial void LastGoodKept(ILogger logger, string model, string version, string previous);

        [LoggerMessage(EventIds.ModelRemoved, LogLevel.Warning, "{Model} is not in the registry any more and is not served any more")]
        internal static partial void ModelRemoved(ILogger logger, string model);

        [LoggerMessage(EventIds.CatalogFailed, LogLevel.Critical, "The registry's change could not be followed; what serves goes on serving")]
        internal static partial void FollowFailed(ILogger logger, Exception exception);

        [LoggerMessage(EventIds.NoModel, LogLevel.Warning, "No model in {Place} yet; it is served as soon as one appears")]
        internal static partial void NoModel(ILogger logger, string place);

        [LoggerMessage(
            EventIds.OverBudget,
            LogLevel.Warning,
            "The versions that serve take about {Bytes} bytes, more than --memory-budget (SKIFF_MEMORY_BUDGET) allows: {Budget}; --load lazy keeps fewer of them")]
        internal static partial void OverBudget(ILogger logger, long bytes, long budget);
    }
}
