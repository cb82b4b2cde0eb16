using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Skiff.Registry;

/// <summary>
/// Reads what Python's <c>json.dump</c> writes: JSON, but for the bare tokens <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which
/// become the strings that stand for them on the wire. White space between tokens goes; every token stays as it was written.
/// </summary>
internal static class PythonJson
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };

    /// <summary>Brings a document into compact JSON.</summary>
    /// <param name="text">The file.</param>
    /// <param name="problem">What is wrong with it, when something is.</param>
    /// <returns>Valid compact JSON whose root is an object, or null.</returns>
    internal static byte[]? TryCompact(ReadOnlySpan<byte> text, out string? problem)
    {
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        if (!Utf8.IsValid(text))
        {
            problem = "is not UTF-8";
            return null;
        }

        var compact = Compact(text);
        problem = FindProblem(compact);
        return problem is null ? compact : null;
    }

    private static byte[] Compact(ReadOnlySpan<byte> text)
    {
        var output = new ArrayBufferWriter<byte>(text.Length + 16);
        while (!text.IsEmpty)
        {
            var length = TokenLength(text);
            var token = text[..length];
            text = text[length..];
            if (token[0] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                continue;
            }

            var isBare = token.SequenceEqual("NaN"u8) || token.SequenceEqual("Infinity"u8) || token.SequenceEqual("-Infinity"u8);
            output.Write(isBare ? "\""u8 : []);
            output.Write(token);
            output.Write(isBare ? "\""u8 : []);
        }

        return output.WrittenSpan.ToArray();
    }

    private static int TokenLength(ReadOnlySpan<byte> text)
    {
        if (text[0] != '"')
        {
            // A word ends where structure, a string or white space begins; what it says is for the parser to judge.
            var end = text.IndexOfAny(SearchValuesOf.WordEnds);
            return end < 0 ? text.Length : Math.Max(end, 1);
        }

        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static string? FindProblem(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return "is empty";
        }

        try
        {
            var reader = new Utf8JsonReader(json, Strict);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return "is not a JSON object";
            }

            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return RegistryProblem.Bound($"is not JSON ({e.Message})");
        }
    }

    private static class SearchValuesOf
    {
        internal static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \n\r\t\"{}[],:"u8);
    }
}
