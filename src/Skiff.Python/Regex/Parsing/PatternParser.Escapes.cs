namespace Skiff.Python.Regex;

/// <content>Escapes and sets.</content>
internal sealed partial class PatternParser
{
    private const int Category = 0x2000000;

    private RegexNode ParseEscape(int token, int start)
    {
        var letter = token & ~PatternReader.Escape;
        AnchorKind? anchor = letter switch
        {
            'A' => AnchorKind.BeginningOfText,
            'b' => AnchorKind.Boundary,
            'B' => AnchorKind.NonBoundary,
            'Z' or 'z' => AnchorKind.EndOfText,
            _ => null,
        };
        if (anchor is { } kind)
        {
            return new AnchorNode(kind);
        }

        var category = CategoryOf(letter);
        if (category != SetCategory.None)
        {
            return new SetNode([SetItem.Of(category)], negated: false);
        }

        if (letter == '0')
        {
            _source.GetWhile(2, PatternReader.IsOctal);
            return new LiteralNode(Number(start + 1, 8));
        }

        return PatternReader.IsDigit(letter) ? ParseReference(start) : new LiteralNode(ParseCharacterEscape(letter, start));
    }

    private static SetCategory CategoryOf(int letter) => letter switch
    {
        'd' => SetCategory.Digit,
        'D' => SetCategory.NotDigit,
        's' => SetCategory.Space,
        'S' => SetCategory.NotSpace,
        'w' => SetCategory.Word,
        'W' => SetCategory.NotWord,
        _ => SetCategory.None,
    };

    /// <summary>A group by number, or three octal digits.</summary>
    private RegexNode ParseReference(int start)
    {
        if (PatternReader.IsDigit(_source.Next))
        {
            _source.Get();
            var digits = _source.Text[(start + 1).._source.Position];
            if (PatternReader.IsOctal(digits[0]) && PatternReader.IsOctal(digits[1]) && PatternReader.IsOctal(_source.Next))
            {
                _source.Get();
                return new LiteralNode(OctalUpTo377(start));
            }
        }

        var group = Number(start + 1, 10);
        var length = _source.Position - start;
        if (group >= _groups.Count)
        {
            throw _source.Error($"invalid group reference {group}", length - 1);
        }

        if (_groups[group] is null)
        {
            throw _source.Error("cannot refer to an open group", length);
        }

        CheckLookbehindGroup(group);
        return new BackreferenceNode(group);
    }

    /// <summary>The escapes that stand for one character, in a set and outside.</summary>
    private int ParseCharacterEscape(int letter, int start)
    {
        switch (letter)
        {
            case 'a':
                return 7;
            case 'f':
                return 12;
            case 'n':
                return 10;
            case 'r':
                return 13;
            case 't':
                return 9;
            case 'v':
                return 11;
            case '\\':
                return '\\';
            case 'x':
                return ParseHex(start, 2);
            case 'u':
                return ParseHex(start, 4);
            case 'U':
                return ParseHex(start, 8);
            case 'N':
                throw NamedCharacter();
        }

        return PatternReader.IsAsciiLetter(letter) ? throw BadEscape(start) : letter;
    }

    private int ParseHex(int start, int digits)
    {
        _source.GetWhile(digits, PatternReader.IsHex);
        var length = _source.Position - start;
        if (length != digits + 2)
        {
            throw _source.Error("incomplete escape " + _source.From(start), length);
        }

        var value = Number(start + 2, 16);
        return (uint)value < 0x110000 ? value : throw BadEscape(start);
    }

    private PyRegexException NamedCharacter()
    {
        if (!_source.Match('{'))
        {
            return _source.Error("missing {");
        }

        var name = _source.GetUntil('}', "character name");
        return _source.Error($"named characters are not supported: {PatternReader.Repr(name)}", name.Length + 4);
    }

    private PyRegexException BadEscape(int start) => _source.Error("bad escape " + _source.From(start), _source.Position - start);

    private int OctalUpTo377(int start)
    {
        var value = Number(start + 1, 8);
        return value <= 0xFF
            ? value
            : throw _source.Error($"octal escape value {_source.From(start)} outside of range 0-0o377", _source.Position - start);
    }

    private int Number(int start, int radix)
    {
        uint value = 0;
        foreach (var digit in _source.Text[start.._source.Position])
        {
            value = (value * (uint)radix) + (uint)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (int)value;
    }

    private RegexNode ParseSet(int here)
    {
        List<SetItem> items = [];
        var negated = _source.Match('^');
        while (true)
        {
            var start = _source.Position;
            var token = GetInSet(here);
            if (token == ']' && items.Count > 0)
            {
                break;
            }

            var low = ParseSetToken(token, start);
            if (!_source.Match('-'))
            {
                items.Add(ToItem(low));
                continue;
            }

            var second = _source.Position;
            token = GetInSet(here);
            if (token == ']')
            {
                items.Add(ToItem(low));
                items.Add(SetItem.Of('-'));
                break;
            }

            var high = ParseSetToken(token, second);
            if (low >= Category || high >= Category || high < low)
            {
                // Only the tokens themselves count for the position, not the digits that follow them.
                throw BadRange(start, second);
            }

            items.Add(new SetItem(SetCategory.None, low, high));
        }

        var distinct = items.Distinct().ToList();
        return !negated && distinct is [{ Category: SetCategory.None } only] && only.Low == only.High
            ? new LiteralNode(only.Low)
            : new SetNode(distinct, negated);
    }

    private PyRegexException BadRange(int start, int second)
    {
        var first = _source.Text.Slice(start, TokenLengthAt(start));
        var last = _source.Text.Slice(second, TokenLengthAt(second));
        return _source.Error($"bad character range {PatternReader.ToText(first)}-{PatternReader.ToText(last)}", first.Length + 1 + last.Length);
    }

    private int TokenLengthAt(int position) => _source.Text[position] == '\\' ? 2 : 1;

    private int GetInSet(int here)
    {
        var token = _source.Get();
        return token != PatternReader.End ? token : throw _source.Error("unterminated character set", _source.Position - here);
    }

    private int ParseSetToken(int token, int start)
    {
        if (token < PatternReader.Escape)
        {
            return token;
        }

        var letter = token & ~PatternReader.Escape;
        var category = CategoryOf(letter);
        if (category != SetCategory.None)
        {
            return Category | (int)category;
        }

        if (letter == 'b')
        {
            return 8;
        }

        if (PatternReader.IsOctal(letter))
        {
            _source.GetWhile(2, PatternReader.IsOctal);
            return OctalUpTo377(start);
        }

        return PatternReader.IsDigit(letter) ? throw BadEscape(start) : ParseCharacterEscape(letter, start);
    }

    private static SetItem ToItem(int token) =>
        token >= Category ? SetItem.Of((SetCategory)(token & ~Category)) : SetItem.Of(token);
}
