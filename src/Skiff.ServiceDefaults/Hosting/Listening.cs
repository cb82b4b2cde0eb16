using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Skiff.ServiceDefaults;

/// <summary>Turns an address into a listener.</summary>
internal static class Listening
{
    /// <summary>Listens on an address.</summary>
    /// <exception cref="FormatException">It cannot be listened on.</exception>
    internal static void Listen(KestrelServerOptions kestrel, string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw new FormatException($"--urls: '{url}' is not an address such as http://127.0.0.1:8000 or http://unix:/run/skiff.sock", e);
        }

        var isTls = address.Scheme == Uri.UriSchemeHttps;
        if (!isTls && address.Scheme != Uri.UriSchemeHttp)
        {
            throw new FormatException($"--urls: '{url}' should begin with http:// or https://");
        }

        void Setup(ListenOptions listen) => SetUp(listen, isTls);
        if (address.IsUnixPipe)
        {
            File.Delete(address.UnixPipePath);
            kestrel.ListenUnixSocket(address.UnixPipePath, Setup);
        }
        else if (address.Host == "localhost" && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port, Setup);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) || (address.Host == "localhost" && (ip = IPAddress.Loopback) is not null))
        {
            kestrel.Listen(ip, address.Port, Setup);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Setup);
        }
    }

    private static void SetUp(ListenOptions listen, bool isTls)
    {
        var limit = listen.ApplicationServices.GetRequiredService<ConnectionLimit>();
        listen.Use(next => connection => limit.PassAsync(connection, next));
        if (!isTls)
        {
            listen.Protocols = HttpProtocols.Http1;
            return;
        }

        var file = listen.ApplicationServices.GetRequiredService<CertificateFile>();
        file.Require();
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificateSelector = (_, _) => file.Current });
    }
}
