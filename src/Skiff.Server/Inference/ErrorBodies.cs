using Microsoft.AspNetCore.Http;
using Skiff.Models;

namespace Skiff.Server;

/// <summary>Failures as v1 and v2 write them: <c>{"error":"..."}</c>.</summary>
internal static class ErrorBodies
{
    internal static void Write(Call call, string message)
    {
        call.Response.Append("{\"error\":"u8);
        JsonText.AppendQuoted(call.Response, message);
        call.Response.Append((byte)'}');
    }

    internal static void WriteInputFailure(Call call, InputException failure)
    {
        call.Status = StatusCodes.Status400BadRequest;
        call.Response.Clear();
        Write(call, failure.Message);
    }

    /// <summary>The body as text.</summary>
    /// <exception cref="CallException">It is empty or not UTF-8.</exception>
    internal static ReadOnlySpan<byte> CheckedText(ReadOnlySpan<byte> body)
    {
        var text = JsonBody.WithoutMark(body);
        if (text.IsEmpty)
        {
            throw new CallException(FailureReason.Json, "the body is empty");
        }

        var invalid = JsonBody.FindInvalidByte(text);
        return invalid < 0 ? text : throw NotJson(text, JsonError.NotUtf8, invalid);
    }

    internal static CallException NotJson(ReadOnlySpan<byte> text, JsonError error, int position) => new(
        FailureReason.Json,
        $"the body is not JSON: {System.Text.Encoding.ASCII.GetString(JsonErrors.Message(error))} (character {JsonBody.CharacterOffset(text, position)})");
}
