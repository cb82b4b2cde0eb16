namespace Skiff.Models;

/// <summary>What is wrong with a JSON text. All but the last two are CPython's own.</summary>
internal enum JsonError : byte
{
    None,
    ExpectingValue,
    ExpectingName,
    ExpectingColon,
    ExpectingComma,
    TrailingCommaInObject,
    TrailingCommaInArray,
    UnterminatedString,
    ControlCharacter,
    Escape,
    UnicodeEscape,
    ExtraData,
    TooDeep,
    NotUtf8,
}

internal static class JsonErrors
{
    /// <summary>The words that CPython's <c>json</c> uses.</summary>
    internal static ReadOnlySpan<byte> Message(JsonError error) => error switch
    {
        JsonError.ExpectingValue => "Expecting value"u8,
        JsonError.ExpectingName => "Expecting property name enclosed in double quotes"u8,
        JsonError.ExpectingColon => "Expecting ':' delimiter"u8,
        JsonError.ExpectingComma => "Expecting ',' delimiter"u8,
        JsonError.TrailingCommaInObject => "Illegal trailing comma before end of object"u8,
        JsonError.TrailingCommaInArray => "Illegal trailing comma before end of array"u8,
        JsonError.UnterminatedString => "Unterminated string starting at"u8,
        JsonError.ControlCharacter => "Invalid control character at"u8,
        JsonError.Escape => "Invalid \\escape"u8,
        JsonError.UnicodeEscape => "Invalid \\uXXXX escape"u8,
        JsonError.ExtraData => "Extra data"u8,
        JsonError.TooDeep => "Nested too deeply"u8,
        JsonError.NotUtf8 => "Invalid UTF-8"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "There is no error to describe."),
    };
}
