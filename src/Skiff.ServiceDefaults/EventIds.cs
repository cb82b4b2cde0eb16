namespace Skiff.ServiceDefaults;

/// <summary>Ids of log messages: numbered, never reused.</summary>
internal static class EventIds
{
    internal const int Draining = 100;
    internal const int Stopped = 101;
}
