using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Skiff.Server;

/// <summary>The certificate in PEM files, read again when they change: whoever renews it only has to write them.</summary>
internal sealed class CertificateFile(SkiffHostOptions options, TimeProvider time, ILogger<CertificateFile> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private volatile X509Certificate2? _current;
    private (DateTime Certificate, DateTime Key) _stamp;
    private long _lastLook;

    /// <summary>The certificate of the next connection.</summary>
    internal X509Certificate2? Current
    {
        get
        {
            if (time.GetElapsedTime(Volatile.Read(ref _lastLook)) >= LookInterval)
            {
                Look();
            }

            return _current;
        }
    }

    /// <summary>Reads the certificate, for the first time.</summary>
    /// <exception cref="FormatException">There is none, or it cannot be read.</exception>
    internal void Require()
    {
        if (options.CertificatePath is null)
        {
            throw new FormatException("an https address needs a certificate: give --cert (SKIFF_CERT)");
        }

        Look();
        if (_current is null)
        {
            throw new FormatException($"the certificate in {options.CertificatePath} cannot be read");
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            Volatile.Write(ref _lastLook, time.GetTimestamp());
            var path = options.CertificatePath!;
            try
            {
                var stamp = (File.GetLastWriteTimeUtc(path), options.KeyPath is null ? default : File.GetLastWriteTimeUtc(options.KeyPath));
                if (_current is not null && stamp == _stamp)
                {
                    return;
                }

                _current = X509Certificate2.CreateFromPemFile(path, options.KeyPath);
                _stamp = stamp;
                HostLog.CertificateLoaded(
                    logger, _current.Subject, path, _current.NotAfter.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                HostLog.CertificateKept(logger, path, e.Message);
            }
        }
    }
}
