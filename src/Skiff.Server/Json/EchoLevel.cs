using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>An array or object that <see cref="JsonEcho"/> is inside of.</summary>
internal sealed class EchoLevel(bool isObject)
{
    // Where each member is in what was written, and of each name the place of its first member.
    private readonly List<(int Start, int End, int Place)> _members = [];
    private readonly Dictionary<byte[], int>? _places = isObject ? new(Utf8Comparer.Instance) : null;
    private int _contentStart;

    private byte Close => isObject ? (byte)'}' : (byte)']';

    /// <summary>Writes the start; answers whether a value comes next, rather than nothing.</summary>
    internal bool Open(ByteBuffer destination, ReadOnlySpan<byte> text, ref JsonScanner scanner)
    {
        destination.Append(isObject ? (byte)'{' : (byte)'[');
        _contentStart = destination.Length;
        if (!scanner.Enter(Close))
        {
            destination.Append(Close);
            return false;
        }

        BeginMember(destination, text, ref scanner);
        return true;
    }

    /// <summary>Writes what follows a value; answers whether another value comes next, rather than the end.</summary>
    internal bool Continue(ByteBuffer destination, ReadOnlySpan<byte> text, ref JsonScanner scanner)
    {
        if (isObject)
        {
            _members[^1] = _members[^1] with { End = destination.Length };
        }

        scanner.ReadSeparator(Close, out var more);
        if (more)
        {
            destination.Append((byte)',');
            BeginMember(destination, text, ref scanner);
            return true;
        }

        if (isObject && _places!.Count < _members.Count)
        {
            KeepLast(destination);
        }

        destination.Append(Close);
        return false;
    }

    private void BeginMember(ByteBuffer destination, ReadOnlySpan<byte> text, ref JsonScanner scanner)
    {
        if (!isObject)
        {
            return;
        }

        scanner.ReadName(out var raw);
        var name = JsonText.Unescape(raw.Of(text), new ByteBuffer(raw.Length + 1)).ToArray();
        _places!.TryAdd(name, _places.Count);
        _members.Add((destination.Length, 0, _places[name]));
        JsonText.AppendQuoted(destination, name);
        destination.Append((byte)':');
    }

    private void KeepLast(ByteBuffer destination)
    {
        var last = new int[_places!.Count];
        for (var i = 0; i < _members.Count; i++)
        {
            last[_members[i].Place] = i;
        }

        var kept = new ByteBuffer(destination.Length - _contentStart);
        foreach (var member in last)
        {
            if (kept.Length > 0)
            {
                kept.Append((byte)',');
            }

            var (start, end, _) = _members[member];
            kept.Append(destination.Written[start..end]);
        }

        destination.Truncate(_contentStart);
        destination.Append(kept.Written);
    }
}
