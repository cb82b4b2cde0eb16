namespace Skiff.Gateway;

/// <summary>Ids of log messages: numbered, never reused.</summary>
internal static class EventIds
{
    internal const int Resolved = 500;
    internal const int NotResolved = 501;
    internal const int ServerHealthy = 510;
    internal const int ServerUnready = 511;
    internal const int ServerSilent = 512;
    internal const int TryFailed = 520;
    internal const int RequestForwarded = 530;
    internal const int ModelKeyKept = 540;
}
