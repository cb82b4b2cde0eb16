using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>
/// Which headers go on from the caller to the model server, and back. Not those of one connection (RFC 9110, section 7.6.1), and not those that the gateway
/// writes itself.
/// </summary>
internal static class ForwardedHeaders
{
    private static readonly FrozenSet<string> OfOneConnection = FrozenSet.ToFrozenSet(
        [
            "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization", "TE", "Trailer",
            "Transfer-Encoding", "Upgrade", "HTTP2-Settings", "Upgrade-Insecure-Requests", "Alt-Svc",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NotToServer = FrozenSet.ToFrozenSet(
        [.. OfOneConnection, "Host", "Expect", "Content-Length", ApiKeys.HeaderName, RequestIds.HeaderName], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NotToCaller = FrozenSet.ToFrozenSet(
        [.. OfOneConnection, RequestIds.HeaderName], StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies the caller's headers.</summary>
    internal static void CopyToServer(HttpRequest from, HttpRequestMessage to)
    {
        foreach (var (name, values) in from.Headers)
        {
            if (NotToServer.Contains(name) || name[0] == ':' || IsNamedByConnection(from.Headers, name))
            {
                continue;
            }

            if (values.Count == 1)
            {
                _ = to.Headers.TryAddWithoutValidation(name, values[0]) || to.Content?.Headers.TryAddWithoutValidation(name, values[0]) == true;
            }
            else
            {
                _ = to.Headers.TryAddWithoutValidation(name, values.AsEnumerable()) || to.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable()) == true;
            }
        }
    }

    /// <summary>Copies the model server's headers.</summary>
    internal static void CopyToCaller(HttpResponseMessage from, HttpResponse to)
    {
        Copy(from.Headers, to.Headers);
        Copy(from.Content.Headers, to.Headers);
    }

    private static void Copy(HttpHeaders from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (!NotToCaller.Contains(name))
            {
                to[name] = values.Count == 1 ? values.ToString() : values.ToArray();
            }
        }
    }

    // "Connection: close" is what nearly all say that say anything.
    private static bool IsNamedByConnection(IHeaderDictionary headers, string name)
    {
        var connection = headers.Connection;
        return connection.Count > 0
            && headers.GetCommaSeparatedValues("Connection").Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
