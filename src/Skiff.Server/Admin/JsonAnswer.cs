using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Skiff.Server;

/// <summary>Answers of pages that are asked for now and then.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Answers with JSON.</summary>
    internal static Task WriteAsync<T>(HttpContext context, int status, T state, Action<Utf8JsonWriter, T> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            write(json, state);
        }

        return WriteAsync(context, status, Call.Json, body.WrittenMemory);
    }

    /// <summary>Answers with bytes.</summary>
    internal static Task WriteAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>Answers with <c>{"error":"..."}</c>, as v1 and v2 do.</summary>
    internal static Task WriteErrorAsync(HttpContext context, int status, string message)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return WriteAsync(context, status, message, static (json, message) =>
        {
            json.WriteStartObject();
            json.WriteString("error"u8, message);
            json.WriteEndObject();
        });
    }
}
