using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

internal static partial class HostLog
{
    [LoggerMessage(EventIds.Listening, LogLevel.Information, "Listening on {Addresses}, {Purpose}")]
    internal static partial void Listening(ILogger logger, string addresses, string purpose);

    [LoggerMessage(
        EventIds.ConnectionsRefused,
        LogLevel.Warning,
        "{Maximum} connections are open, as many as may be; more are closed at once, {Refused} so far. --max-connections (SKIFF_MAX_CONNECTIONS) and the limit of open files (ulimit -n) say how many")]
    internal static partial void ConnectionsRefused(ILogger logger, int maximum, long refused);

    [LoggerMessage(EventIds.CertificateLoaded, LogLevel.Information, "Certificate {Subject} from {Path}, valid until {NotAfter}")]
    internal static partial void CertificateLoaded(ILogger logger, string subject, string path, string notAfter);

    [LoggerMessage(EventIds.CertificateKept, LogLevel.Error, "The certificate in {Path} cannot be read; the one before stays: {Problem}")]
    internal static partial void CertificateKept(ILogger logger, string path, string problem);
}
