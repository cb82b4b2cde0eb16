using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skiff.Gateway.Tests.Support;

/// <summary>Certificates for 127.0.0.1 that vouch for themselves.</summary>
internal static class Certificates
{
    /// <summary>Makes one that is valid, or was until yesterday.</summary>
    internal static X509Certificate2 Create(bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-10), now.AddDays(isExpired ? -1 : 10));
    }

    /// <summary>Writes a file as those who renew certificates do: whoever reads sees the old or the new.</summary>
    internal static async Task WriteAsync(string path, string pem)
    {
        await File.WriteAllTextAsync(path + ".new", pem, TestContext.Current.CancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }
}
