using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>The certificate in PEM files, read again when they change: whoever renews it only has to write them.</summary>
internal sealed class CertificateFile(string? certificatePath, string? keyPath, TimeProvider time, ILogger<CertificateFile> logger) : IDisposable
{
    private WatchedFiles<X509Certificate2>? _files;

    /// <summary>The certificate of the next connection.</summary>
    internal X509Certificate2? Current => _files?.Current;

    /// <summary>Reads the certificate, for the first time.</summary>
    /// <exception cref="FormatException">There is none, or it cannot be read.</exception>
    internal void Require()
    {
        if (certificatePath is null)
        {
            throw new FormatException("an https address needs a certificate: give --cert (SKIFF_CERT)");
        }

        _files ??= new WatchedFiles<X509Certificate2>(
            keyPath is null ? [certificatePath] : [certificatePath, keyPath],
            static contents => Read(contents),
            read => HostLog.CertificateLoaded(
                logger, read.Subject, certificatePath, read.NotAfter.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture)),
            problem => HostLog.CertificateKept(logger, certificatePath, problem),
            time);
        if (_files.Current is null)
        {
            throw new FormatException($"the certificate in {certificatePath} cannot be read");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files?.Dispose();

    private static X509Certificate2 Read(byte[][] contents)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(contents[0]), Encoding.UTF8.GetString(contents[^1]));
        }
        catch (ArgumentException e)
        {
            // A key of another certificate: the two files are written one after the other.
            throw new CryptographicException("the key is not that of the certificate", e);
        }
    }
}
