namespace Skiff.Server;

/// <summary>Ids of log messages: numbered, never reused.</summary>
internal static class EventIds
{
    internal const int VersionLoaded = 200;
    internal const int VersionRefused = 201;
    internal const int VersionServed = 202;
    internal const int LastGoodKept = 203;
    internal const int ModelRemoved = 204;
    internal const int NoModel = 205;
    internal const int CatalogFailed = 207;
    internal const int VersionSwapped = 208;
    internal const int Registry = 210;
    internal const int RegistryFailed = 211;
    internal const int OverBudget = 212;
}
