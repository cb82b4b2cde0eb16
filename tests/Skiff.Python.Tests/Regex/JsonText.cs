using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Skiff.Numerics;

namespace Skiff.Python.Tests.Regex;

/// <summary>Strings of the recorded files, lone surrogates kept, which the platform's reader refuses.</summary>
internal static class JsonText
{
    internal static byte[] Bytes(JsonElement element)
    {
        Assert.Equal(JsonValueKind.String, element.ValueKind);
        var raw = System.Text.Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(element))[1..^1];
        var text = new List<char>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Add(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Add((char)int.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Add(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
        }

        return Utf8.GetBytes(CollectionsMarshal.AsSpan(text));
    }

    internal static string String(JsonElement element) => Utf8.GetString(Bytes(element));
}
