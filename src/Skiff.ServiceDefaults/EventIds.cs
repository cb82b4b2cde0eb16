namespace Skiff.ServiceDefaults;

/// <summary>Ids of log messages: numbered, never reused.</summary>
internal static class EventIds
{
    internal const int Draining = 100;
    internal const int Stopped = 101;
    internal const int Listening = 402;
    internal const int ConnectionsRefused = 403;
    internal const int CertificateLoaded = 400;
    internal const int CertificateKept = 401;
    internal const int KeysLoaded = 410;
    internal const int KeysKept = 411;
    internal const int RequestDone = 110;
    internal const int RequestAnswered = 111;
    internal const int RequestFailed = 112;
    internal const int AnswerFailed = 113;
}
