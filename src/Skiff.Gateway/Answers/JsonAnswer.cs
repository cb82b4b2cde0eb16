using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>Answers of the gateway itself.</summary>
internal static class JsonAnswer
{
    private const string Json = "application/json";
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Answers with what a model server said, in the gateway's envelope.</summary>
    internal static void WriteEnvelope(HttpContext context, string name, ReadOnlySpan<byte> answer)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = Json;
        using var head = new PooledBytes();
        Append(head, "{\"source\":\"gateway\",\"requestId\":\"");
        Append(head, context.TraceIdentifier);
        Append(head, "\",\"");
        Append(head, name);
        Append(head, "\":");
        response.ContentLength = head.Length + answer.Length + 1;
        response.BodyWriter.Write(head.Written);
        response.BodyWriter.Write(answer);
        response.BodyWriter.Write("}"u8);
    }

    /// <summary>Passes a model server's answer on as it is; status and headers are in place.</summary>
    internal static void WriteBody(HttpContext context, ReadOnlySpan<byte> answer)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        context.Response.ContentLength = answer.Length;
        context.Response.BodyWriter.Write(answer);
    }

    /// <summary>Answers with an error in the way of the route's protocol.</summary>
    internal static Task WriteErrorAsync(HttpContext context, int status, string detail, int retryAfterSeconds = 0)
    {
        if (GatewayRoute.Find(context.Request.Path) is not { Name: "v1" or "v2" })
        {
            return Problems.WriteAsync(context, status, detail, retryAfterSeconds);
        }

        if (retryAfterSeconds > 0)
        {
            context.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, status, Json, detail, static (json, detail) =>
        {
            json.WriteStartObject();
            json.WriteString("error"u8, detail);
            json.WriteEndObject();
        });
    }

    /// <summary>Answers with 502 and what the model server said.</summary>
    internal static Task WriteBadGatewayAsync(HttpContext context, ServerTry attempt) =>
        WriteAsync(context, StatusCodes.Status502BadGateway, Problems.ContentType, (attempt, context.TraceIdentifier), static (json, state) =>
        {
            var (attempt, requestId) = state;
            json.WriteStartObject();
            json.WriteString("title"u8, Problems.Title(StatusCodes.Status502BadGateway));
            json.WriteNumber("status"u8, StatusCodes.Status502BadGateway);
            json.WriteString("detail"u8, string.Create(CultureInfo.InvariantCulture, $"the model server answered {attempt.Status}"));
            json.WriteString("requestId"u8, requestId);
            json.WriteStartObject("modelServer"u8);
            json.WriteNumber("status"u8, attempt.Status);
            json.WritePropertyName("body"u8);
            if (attempt.IsJson)
            {
                json.WriteRawValue(attempt.Body.Written, skipInputValidation: true);
            }
            else
            {
                json.WriteStringValue(Encoding.UTF8.GetString(attempt.Body.Written[..Math.Min(attempt.Body.Length, 4096)]));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });

    /// <summary>Answers that all is well.</summary>
    internal static Task WriteHealthAsync(HttpContext context, string detail) =>
        WriteAsync(context, StatusCodes.Status200OK, Json, (detail, context.TraceIdentifier), static (json, state) =>
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "ok"u8);
            json.WriteString("detail"u8, state.detail);
            json.WriteString("requestId"u8, state.TraceIdentifier);
            json.WriteEndObject();
        });

    /// <summary>Answers with bytes.</summary>
    internal static Task WriteAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

    private static Task WriteAsync<T>(HttpContext context, int status, string contentType, T state, Action<Utf8JsonWriter, T> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            write(json, state);
        }

        return WriteAsync(context, status, contentType, body.WrittenMemory);
    }

    // Ids and names are ASCII without anything that JSON would escape.
    private static void Append(PooledBytes destination, string text)
    {
        var free = destination.Free(text.Length);
        destination.Advance(Encoding.UTF8.GetBytes(text, free.Span));
    }
}
