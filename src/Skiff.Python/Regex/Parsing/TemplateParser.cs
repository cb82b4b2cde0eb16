using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <summary>Parses a replacement as <c>re._parser.parse_template</c> of CPython 3.14 does.</summary>
internal sealed class TemplateParser
{
    private const long MaximumGroups = 1073741823;

    private readonly PatternReader _source;
    private readonly PyRegex _regex;
    private readonly ByteBuffer _literal = new();
    private readonly List<(byte[] Literal, int Group)> _parts = [];

    private TemplateParser(ReadOnlySpan<byte> template, PyRegex regex)
    {
        _source = new PatternReader(template);
        _regex = regex;
    }

    /// <summary>Literals, each followed by a group, or by -1 at the end.</summary>
    internal static (byte[] Literal, int Group)[] Parse(ReadOnlySpan<byte> template, PyRegex regex)
    {
        var parser = new TemplateParser(template, regex);
        parser.Run();
        return [.. parser._parts];
    }

    private void Run()
    {
        while (true)
        {
            var start = _source.Position;
            var token = _source.Get();
            if (token == PatternReader.End)
            {
                break;
            }

            if (token < PatternReader.Escape)
            {
                _literal.AppendCodePoint(token);
            }
            else
            {
                ParseEscape(token & ~PatternReader.Escape, start);
            }
        }

        _parts.Add((_literal.Written.ToArray(), -1));
    }

    private void ParseEscape(int letter, int start)
    {
        if (letter == 'g')
        {
            ParseNamedGroup();
        }
        else if (letter == '0')
        {
            _source.GetWhile(2, PatternReader.IsOctal);
            _literal.AppendCodePoint(Number(start, 8) & 0xFF);
        }
        else if (PatternReader.IsDigit(letter))
        {
            ParseNumber(letter, start);
        }
        else
        {
            ParseCharacter(letter, start);
        }
    }

    private void ParseNamedGroup()
    {
        if (!_source.Match('<'))
        {
            throw _source.Error("missing <");
        }

        var name = _source.GetUntil('>', "group name");
        if (!PatternReader.IsNumber(name))
        {
            _source.CheckGroupName(name, 1);
            if (!_regex.GroupNames.TryGetValue(PatternReader.ToText(name), out var named))
            {
                throw PyRegexException.OfType("IndexError", "unknown group name " + PatternReader.Repr(name));
            }

            AddGroup(named);
            return;
        }

        var group = PatternReader.ParseNumber(name);
        if (group >= MaximumGroups || group > _regex.GroupCount)
        {
            throw _source.Error("invalid group reference " + PatternReader.NumberText(name), name.Length + 1);
        }

        AddGroup((int)group);
    }

    private void ParseNumber(int letter, int start)
    {
        if (PatternReader.IsDigit(_source.Next))
        {
            var second = _source.Get();
            if (PatternReader.IsOctal(letter) && PatternReader.IsOctal(second) && PatternReader.IsOctal(_source.Next))
            {
                _source.Get();
                var value = Number(start, 8);
                if (value > 0xFF)
                {
                    throw _source.Error($"octal escape value {_source.From(start)} outside of range 0-0o377", _source.Position - start);
                }

                _literal.AppendCodePoint(value);
                return;
            }
        }

        var group = Number(start, 10);
        if (group > _regex.GroupCount)
        {
            throw _source.Error($"invalid group reference {group}", _source.Position - start - 1);
        }

        AddGroup(group);
    }

    private void ParseCharacter(int letter, int start)
    {
        var value = letter switch
        {
            'a' => 7,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            '\\' => '\\',
            _ => -1,
        };
        if (value >= 0)
        {
            _literal.AppendCodePoint(value);
            return;
        }

        if (PatternReader.IsAsciiLetter(letter))
        {
            throw _source.Error("bad escape " + _source.From(start), _source.Position - start);
        }

        _literal.Append((byte)'\\');
        _literal.AppendCodePoint(letter);
    }

    private int Number(int start, int radix)
    {
        var value = 0;
        foreach (var digit in _source.Text[(start + 1).._source.Position])
        {
            value = (value * radix) + (digit - '0');
        }

        return value;
    }

    private void AddGroup(int group)
    {
        _parts.Add((_literal.Written.ToArray(), group));
        _literal.Clear();
    }
}
