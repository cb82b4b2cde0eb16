using System.Globalization;

namespace Skiff.Fuzz;

/// <summary>Reads dictionaries as AFL and libFuzzer take them: a line <c>"bytes"</c> or <c>name="bytes"</c> each, with <c>\\</c>, <c>\"</c> and <c>\xHH</c>.</summary>
internal static class TokenFile
{
    /// <summary>The tokens of a file; none where it does not exist.</summary>
    /// <exception cref="InvalidDataException">A line is neither a token nor a comment.</exception>
    public static IReadOnlyList<byte[]> Read(string path) => !File.Exists(path)
        ? []
        : [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => Token(path, line))];

    private static byte[] Token(string path, string line)
    {
        var start = line.IndexOf('"', StringComparison.Ordinal);
        if (start < 0 || line.Length < start + 3 || line[^1] != '"')
        {
            throw new InvalidDataException($"{path}: no token: {line}");
        }

        var text = line[(start + 1)..^1];
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text[i].ToString()));
            }
            else if (text[i + 1] == 'x')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 3;
            }
            else
            {
                bytes.Add((byte)text[++i]);
            }
        }

        return [.. bytes];
    }
}
