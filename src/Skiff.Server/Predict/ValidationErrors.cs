using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>
/// Writes what FastAPI sends when a request does not validate: <c>{"detail":[{"type":...,"loc":["body",...],"msg":...,"input":...}]}</c>, with pydantic's
/// names and words where it has them.
/// </summary>
internal ref struct ValidationErrors
{
    // What is larger is not sent back: nobody reads it, and the way back costs as much as the way in.
    private const int LargestInput = 1 << 20;

    private readonly ByteBuffer _body;
    private bool _hasAny;

    internal ValidationErrors(ByteBuffer body)
    {
        _body = body;
        body.Clear();
        body.Append("{\"detail\":["u8);
    }

    internal readonly bool HasAny => _hasAny;

    /// <summary>The body is missing, or null.</summary>
    internal void AddMissingBody()
    {
        Begin("missing"u8);
        End("Field required"u8, "null"u8);
    }

    /// <summary>The body is not an object.</summary>
    internal void AddNotAnObject(ReadOnlySpan<byte> input)
    {
        Begin("model_attributes_type"u8);
        End("Input should be a valid dictionary or object to extract fields from"u8, input);
    }

    /// <summary>The body was not sent as JSON.</summary>
    internal void AddNotSentAsJson(ReadOnlySpan<byte> body)
    {
        var text = new ByteBuffer();
        JsonText.AppendQuoted(text, JsonBody.FindInvalidByte(body) < 0 ? body : Utf8.GetBytes(System.Text.Encoding.UTF8.GetString(body)));
        AddNotAnObject(text.Written);
    }

    /// <summary>The body is not JSON.</summary>
    internal void AddInvalidJson(ReadOnlySpan<byte> text, JsonError error, int position)
    {
        _body.Append(_hasAny ? ","u8 : ""u8);
        _hasAny = true;
        _body.Append("{\"type\":\"json_invalid\",\"loc\":[\"body\","u8);
        AnswerWriter.AppendInteger(_body, JsonBody.CharacterOffset(text, position));
        _body.Append("],\"msg\":\"JSON decode error\",\"input\":{},\"ctx\":{\"error\":"u8);
        JsonText.AppendQuoted(_body, JsonErrors.Message(error));
        _body.Append("}}"u8);
    }

    /// <summary>A key is missing.</summary>
    internal void AddMissing(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input)
    {
        Begin("missing"u8);
        AppendPlace(key);
        End("Field required"u8, input);
    }

    /// <summary>A value should be a string.</summary>
    internal void AddNotAString(ReadOnlySpan<byte> key, int index, ReadOnlySpan<byte> input)
    {
        Begin("string_type"u8);
        AppendPlace(key);
        AppendPlace(index);
        End("Input should be a valid string"u8, input);
    }

    /// <summary>A value should be a list.</summary>
    internal void AddNotAList(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input)
    {
        Begin("list_type"u8);
        AppendPlace(key);
        End("Input should be a valid list"u8, input);
    }

    /// <summary>A list should not be empty.</summary>
    internal void AddEmptyList(ReadOnlySpan<byte> key)
    {
        Begin("too_short"u8);
        AppendPlace(key);
        _body.Append("],\"msg\":\"List should have at least 1 item after validation, not 0\",\"input\":[],"u8);
        _body.Append("\"ctx\":{\"field_type\":\"List\",\"min_length\":1,\"actual_length\":0}}"u8);
    }

    /// <summary>A value should be one of several names.</summary>
    internal void AddUnknownName(ReadOnlySpan<byte> key, int index, string expected, ReadOnlySpan<byte> input)
    {
        Begin("literal_error"u8);
        AppendPlace(key);
        AppendPlace(index);
        _body.Append("],\"msg\":"u8);
        JsonText.AppendQuoted(_body, "Input should be " + expected);
        _body.Append(",\"input\":"u8);
        AppendInput(input);
        _body.Append(",\"ctx\":{\"expected\":"u8);
        JsonText.AppendQuoted(_body, expected);
        _body.Append("}}"u8);
    }

    /// <summary>The model refuses a value.</summary>
    /// <param name="type">The kind of refusal.</param>
    /// <param name="key">The key of the body; empty for the body itself.</param>
    /// <param name="row">The row, or -1.</param>
    /// <param name="column">The column, or null.</param>
    /// <param name="message">Why.</param>
    /// <param name="input">What was refused; empty for null.</param>
    internal void AddRefused(ReadOnlySpan<byte> type, ReadOnlySpan<byte> key, int row, string? column, string message, ReadOnlySpan<byte> input)
    {
        Begin(type);
        AppendPlace(key);
        AppendPlace(row);
        AppendPlace(column is null ? default : Utf8.GetBytes(column));
        _body.Append("],\"msg\":"u8);
        JsonText.AppendQuoted(_body, message);
        _body.Append(",\"input\":"u8);
        AppendInput(input.IsEmpty ? "null"u8 : input);
        _body.Append((byte)'}');
    }

    /// <summary>Ends the body.</summary>
    internal readonly void Close() => _body.Append("]}"u8);

    private void Begin(ReadOnlySpan<byte> type)
    {
        _body.Append(_hasAny ? ","u8 : ""u8);
        _hasAny = true;
        _body.Append("{\"type\":\""u8);
        _body.Append(type);
        _body.Append("\",\"loc\":[\"body\""u8);
    }

    private readonly void AppendPlace(ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty)
        {
            _body.Append((byte)',');
            JsonText.AppendQuoted(_body, key);
        }
    }

    private readonly void AppendPlace(int index)
    {
        if (index >= 0)
        {
            _body.Append((byte)',');
            AnswerWriter.AppendInteger(_body, index);
        }
    }

    private readonly void End(ReadOnlySpan<byte> message, ReadOnlySpan<byte> input)
    {
        _body.Append("],\"msg\":"u8);
        JsonText.AppendQuoted(_body, message);
        _body.Append(",\"input\":"u8);
        AppendInput(input);
        _body.Append((byte)'}');
    }

    private readonly void AppendInput(ReadOnlySpan<byte> input)
    {
        if (input.Length > LargestInput)
        {
            _body.Append("null"u8);
        }
        else
        {
            JsonEcho.Append(_body, input);
        }
    }
}
