using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Skiff.ServiceDefaults;

/// <summary>Errors as JSON with <c>title</c>, <c>status</c>, <c>detail</c> and <c>requestId</c> (RFC 9457).</summary>
public static class Problems
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status code.</param>
    /// <param name="detail">What went wrong and what would be right, for the caller.</param>
    /// <param name="retryAfterSeconds">What <c>Retry-After</c> says; 0 for no such header.</param>
    public static Task WriteAsync(HttpContext context, int status, string detail, int retryAfterSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(context);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        if (retryAfterSeconds > 0)
        {
            response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        var body = new ArrayBufferWriter<byte>(256);
        Write(body, status, detail, context.TraceIdentifier);
        response.ContentLength = body.WrittenCount;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body.WrittenMemory).AsTask();
    }

    /// <summary>Writes an error's body.</summary>
    public static void Write(IBufferWriter<byte> destination, int status, string detail, string requestId)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var json = new Utf8JsonWriter(destination, WriterOptions);
        json.WriteStartObject();
        json.WriteString("title"u8, Title(status));
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, detail);
        json.WriteString("requestId"u8, requestId);
        json.WriteEndObject();
    }

    /// <summary>The standard's words for a status code.</summary>
    public static string Title(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        499 => "Client Closed Request",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
