using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>The named character references of HTML 5, read from the generated table when the first is looked for.</summary>
internal static class HtmlEntities
{
    private static readonly Lazy<Dictionary<byte[], byte[]>> Table = new(Read);

    public static bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> replacement)
    {
        var found = Table.Value.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var bytes);
        replacement = bytes;
        return found;
    }

    private static Dictionary<byte[], byte[]> Read()
    {
        var table = new Dictionary<byte[], byte[]>(Utf8Comparer.Instance);
        var rest = HtmlEntityTable.Lines;
        while (rest.IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = rest[..end];
            rest = rest[(end + 1)..];
            var space = line.IndexOf((byte)' ');
            var replacement = new ByteBuffer(8);
            foreach (var part in System.Text.Encoding.ASCII.GetString(line[(space + 1)..]).Split(' '))
            {
                replacement.AppendCodePoint(Convert.ToInt32(part, 16));
            }

            table.Add(line[..space].ToArray(), replacement.Written.ToArray());
        }

        return table;
    }
}
