using Microsoft.AspNetCore.Http;

namespace Skiff.Server;

/// <summary>The API's description, and a page to try it by hand. Both are in the binary; nothing is fetched from anywhere.</summary>
internal static class DocPages
{
    private static readonly byte[] OpenApi = Read("openapi.json");
    private static readonly byte[] Page = Read("docs.html");

    /// <summary><c>GET /openapi.json</c>.</summary>
    internal static Task OpenApiAsync(HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, Call.Json, OpenApi);

    /// <summary><c>GET /docs</c>.</summary>
    internal static Task DocsAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";
        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, "text/html; charset=utf-8", Page);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(DocPages).Assembly.GetManifestResourceStream("Skiff.Server.Docs." + name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the binary.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
