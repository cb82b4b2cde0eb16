using System.Globalization;

namespace Skiff.Cli;

/// <summary>
/// Cuts a stream of JSON into its values, in memory that holds one of them: values with white space between them, such as a line each, or the items
/// of one list. It looks for ends only; whether a value is well formed is for its reader to judge.
/// </summary>
/// <param name="stream">UTF-8.</param>
/// <param name="name">The stream's name, for messages.</param>
/// <param name="lists">What a list is that the stream begins with.</param>
internal sealed class JsonSplitter(Stream stream, string name, ListMeaning lists)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private int _length;
    private long _nextLine = 1;
    private bool _isStarted;
    private Place _place;

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_start, _length);

    /// <summary>The line, from 1, on which it begins.</summary>
    public long Line { get; private set; }

    /// <summary>Goes to the next value.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        Skip(_length);
        _length = 0;
        if (!_isStarted)
        {
            _isStarted = true;
            SkipMark();
            if (StartsList())
            {
                Skip(1);
                _place = Place.FirstItem;
            }
        }

        if (!SkipToValue())
        {
            return false;
        }

        Line = _nextLine;
        _length = Measure();
        return true;
    }

    private bool SkipToValue()
    {
        for (; ; Skip(1))
        {
            var next = At(0);
            if (next < 0)
            {
                return _place == Place.NoList || _place == Place.AfterList ? false : throw Malformed("the list has no end");
            }

            if (IsSpace(next))
            {
                continue;
            }

            switch (_place)
            {
                case Place.NoList:
                    return true;
                case Place.FirstItem or Place.AfterItem when next == ']':
                    _place = Place.AfterList;
                    break;
                case Place.AfterItem when next == ',':
                    _place = Place.NextItem;
                    break;
                case Place.FirstItem or Place.NextItem when next is not (',' or ']'):
                    _place = Place.AfterItem;
                    return true;
                case Place.AfterItem:
                    throw Malformed("Expecting ',' delimiter");
                case Place.AfterList:
                    throw Malformed("Extra data");
                default:
                    throw Malformed("Expecting value");
            }
        }
    }

    private int Measure()
    {
        var depth = 0;
        var isText = false;
        for (var i = 0; ; i++)
        {
            var next = At(i);
            if (next < 0)
            {
                return i;
            }

            if (isText)
            {
                isText = next != '"';
                if (next == '\\')
                {
                    i++;
                }
                else if (!isText && depth == 0)
                {
                    return i + 1;
                }

                continue;
            }

            switch (next)
            {
                case '"':
                    isText = true;
                    break;
                case '[' or '{':
                    depth++;
                    break;
                case ']' or '}' when depth > 0:
                    if (--depth == 0)
                    {
                        return i + 1;
                    }

                    break;
                default:
                    if (depth == 0 && i > 0 && (IsSpace(next) || next is ',' or ']'))
                    {
                        return i;
                    }

                    break;
            }
        }
    }

    // "[[", "[{" begin a list of rows. "[1" begins one row, unless a row is a single value anyway.
    private bool StartsList()
    {
        if (lists == ListMeaning.OneRow || !SkipToValue() || At(0) != '[')
        {
            return false;
        }

        var i = 1;
        while (At(i) >= 0 && IsSpace(At(i)))
        {
            i++;
        }

        return At(i) is '[' or '{' or ']' || (lists == ListMeaning.Rows && At(i) >= 0);
    }

    private void SkipMark()
    {
        if (At(0) == 0xEF && At(1) == 0xBB && At(2) == 0xBF)
        {
            _start += 3;
        }
    }

    private static bool IsSpace(int value) => value is ' ' or '\t' or '\r' or '\n';

    private void Skip(int count)
    {
        _nextLine += _buffer.AsSpan(_start, count).Count((byte)'\n');
        _start += count;
    }

    // The byte that many places on; -1 where the stream ends before.
    private int At(int offset)
    {
        while (_start + offset >= _end)
        {
            if (!Fill())
            {
                return -1;
            }
        }

        return _buffer[_start + offset];
    }

    private CommandException Malformed(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{name}, line {_nextLine}: not JSON: {what}"));

    private bool Fill()
    {
        if (_end == _buffer.Length)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }
            else
            {
                Array.Resize(ref _buffer, checked(_buffer.Length * 2));
            }
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    // Where the next value is, if there is a list of them.
    private enum Place
    {
        NoList,
        FirstItem,
        AfterItem,
        NextItem,
        AfterList,
    }
}
