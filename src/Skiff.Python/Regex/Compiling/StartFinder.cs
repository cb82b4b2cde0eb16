using System.Buffers;

namespace Skiff.Python.Regex;

/// <summary>Finds the next place at which a match may start.</summary>
internal sealed class StartFinder
{
    private readonly bool _onlyAtTextStart;
    private readonly byte[] _prefix;
    private readonly SearchValues<byte>? _first;

    /// <param name="onlyAtTextStart">The pattern starts with an anchor that holds at the start of the text alone.</param>
    /// <param name="prefix">Bytes that every match starts with.</param>
    /// <param name="first">The bytes that a match may start with, where it cannot be empty and not all of them may.</param>
    internal StartFinder(bool onlyAtTextStart, byte[] prefix, bool[]? first)
    {
        _onlyAtTextStart = onlyAtTextStart;
        _prefix = prefix;
        if (first is not null)
        {
            Span<byte> bytes = stackalloc byte[256];
            var count = 0;
            for (var i = 0; i < 256; i++)
            {
                if (first[i])
                {
                    bytes[count++] = (byte)i;
                }
            }

            _first = SearchValues.Create(bytes[..count]);
        }
    }

    /// <summary>The first place from <paramref name="position"/> on, or -1.</summary>
    internal int Next(ReadOnlySpan<byte> text, int position)
    {
        if (_onlyAtTextStart)
        {
            return position == 0 ? 0 : -1;
        }

        var found = _prefix.Length > 1 ? text[position..].IndexOf(_prefix)
            : _first is not null ? text[position..].IndexOfAny(_first) : 0;
        return found < 0 ? -1 : position + found;
    }
}
