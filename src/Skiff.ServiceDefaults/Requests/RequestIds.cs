using Microsoft.AspNetCore.Http;

namespace Skiff.ServiceDefaults;

/// <summary>
/// The id of a request: the caller's <c>X-Request-Id</c> where that is 1 to 128 characters of <c>A-Za-z0-9._-</c>, one made up otherwise.
/// It is in the response's header and body, in every log line of the request, and in its trace.
/// </summary>
public static class RequestIds
{
    /// <summary>The header's name.</summary>
    public const string HeaderName = "X-Request-Id";

    /// <summary>The most characters that a caller's id may have.</summary>
    public const int MaximumLength = 128;

    private const string HexDigits = "0123456789abcdef";

    /// <summary>Settles the id of a request, and puts it into the response's header.</summary>
    /// <param name="context">The request. Its <see cref="HttpContext.TraceIdentifier"/> becomes the id.</param>
    /// <returns>The id.</returns>
    public static string Assign(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var given = context.Request.Headers[HeaderName];
        var id = given.Count == 1 && IsValid(given[0]) ? given[0]! : Create();
        context.TraceIdentifier = id;
        context.Response.Headers[HeaderName] = id;
        return id;
    }

    /// <summary>Whether a caller's id is taken over.</summary>
    public static bool IsValid(ReadOnlySpan<char> id)
    {
        if (id.Length is 0 or > MaximumLength)
        {
            return false;
        }

        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes an id: a random UUID (version 4). Unique, not secret.</summary>
    public static string Create() => string.Create(36, 0, static (text, _) =>
    {
        // Not Guid.NewGuid: that asks the operating system for secret bytes, which costs more than the rest of a request.
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        var at = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i is 4 or 6 or 8 or 10)
            {
                text[at++] = '-';
            }

            text[at++] = HexDigits[bytes[i] >> 4];
            text[at++] = HexDigits[bytes[i] & 0xF];
        }
    });
}
