namespace Skiff.Python.Regex;

/// <summary>
/// Parses a pattern as <c>re._parser</c> of CPython 3.14 does, with its messages and positions. Named characters (<c>\N{...}</c>) are refused.
/// </summary>
internal sealed partial class PatternParser
{
    /// <summary>How deep groups may nest: CPython itself ends at a few hundred.</summary>
    internal const int MaximumDepth = 200;

    private readonly PatternReader _source;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, int> _conditions = [];
    private readonly List<int> _conditionOrder = [];
    private readonly List<NodeWidth?> _groups = [null];
    private PyRegexFlags _flags;
    private int _lookbehindGroups = -1;
    private int _depth;

    private PatternParser(ReadOnlySpan<byte> pattern, PyRegexFlags flags)
    {
        _source = new PatternReader(pattern);
        _flags = flags;
    }

    /// <summary>Parses a pattern.</summary>
    /// <exception cref="PyRegexException">The pattern is malformed.</exception>
    internal static ParsedPattern Parse(ReadOnlySpan<byte> pattern, PyRegexFlags flags)
    {
        var parser = new PatternParser(pattern, flags);
        var root = parser.ParseAlternatives((flags & PyRegexFlags.Verbose) != 0, nested: false);
        parser.FixFlags();
        if (parser._source.Next != PatternReader.End)
        {
            throw parser._source.Error("unbalanced parenthesis");
        }

        foreach (var group in parser._conditionOrder)
        {
            if (group >= parser._groups.Count)
            {
                throw PyRegexException.At($"invalid group reference {group}", parser._source.Text, parser._conditions[group]);
            }
        }

        return new ParsedPattern(root, parser._flags, parser._groups, parser._names);
    }

    private void FixFlags()
    {
        if ((_flags & PyRegexFlags.Locale) != 0)
        {
            throw PyRegexException.OfType("ValueError", "cannot use LOCALE flag with a str pattern");
        }

        if ((_flags & PyRegexFlags.Ascii) == 0)
        {
            _flags |= PyRegexFlags.Unicode;
        }
        else if ((_flags & PyRegexFlags.Unicode) != 0)
        {
            throw PyRegexException.OfType("ValueError", "ASCII and UNICODE flags are incompatible");
        }
    }

    private RegexNode ParseAlternatives(bool verbose, bool nested)
    {
        if (++_depth > MaximumDepth)
        {
            throw _source.Error($"groups are nested more than {MaximumDepth} deep");
        }

        List<SequenceNode> items = [];
        while (true)
        {
            items.Add(ParseSequence(verbose, first: !nested && items.Count == 0));
            if (!_source.Match('|'))
            {
                break;
            }

            if (!nested)
            {
                verbose = (_flags & PyRegexFlags.Verbose) != 0;
            }
        }

        _depth--;
        return items.Count == 1 ? items[0] : new BranchNode(items);
    }

    private SequenceNode ParseSequence(bool verbose, bool first)
    {
        var sequence = new SequenceNode();
        while (_source.Next is not (PatternReader.End or '|' or ')'))
        {
            var start = _source.Position;
            var token = _source.Get();
            if (verbose && SkipsInVerbose(token))
            {
                continue;
            }

            if (token >= PatternReader.Escape)
            {
                sequence.Items.Add(ParseEscape(token, start));
                continue;
            }

            switch (token)
            {
                case '.':
                    sequence.Items.Add(new AnyNode());
                    break;
                case '^':
                    sequence.Items.Add(new AnchorNode(AnchorKind.Beginning));
                    break;
                case '$':
                    sequence.Items.Add(new AnchorNode(AnchorKind.End));
                    break;
                case '[':
                    sequence.Items.Add(ParseSet(start));
                    break;
                case '(':
                    ParseGroup(sequence, ref verbose, first, start);
                    break;
                case '*' or '+' or '?' or '{':
                    ParseRepeat(sequence, token);
                    break;
                default:
                    sequence.Items.Add(new LiteralNode(token));
                    break;
            }
        }

        return sequence;
    }

    private bool SkipsInVerbose(int token)
    {
        if (token is ' ' or '\t' or '\n' or '\r' or '\v' or '\f')
        {
            return true;
        }

        if (token != '#')
        {
            return false;
        }

        while (token is not (PatternReader.End or '\n'))
        {
            token = _source.Get();
        }

        return true;
    }

    private void ParseRepeat(SequenceNode sequence, int token)
    {
        var here = _source.Position;
        long minimum = token == '+' ? 1 : 0;
        var maximum = token == '?' ? 1 : RepeatNode.Unbounded;
        if (token == '{' && !TryParseCounts(sequence, here, out minimum, out maximum))
        {
            return;
        }

        var item = sequence.Items.Count > 0 ? sequence.Items[^1] : null;
        var offset = _source.Position - here + 1;
        if (item is null or AnchorNode)
        {
            throw _source.Error("nothing to repeat", offset);
        }

        if (item is RepeatNode)
        {
            throw _source.Error("multiple repeat", offset);
        }

        var mode = _source.Match('?') ? RepeatMode.Lazy : _source.Match('+') ? RepeatMode.Possessive : RepeatMode.Greedy;
        sequence.Items[^1] = new RepeatNode(item, minimum, maximum, mode);
    }

    /// <summary>Reads <c>m,n}</c>; what is not that is a brace that stands for itself.</summary>
    private bool TryParseCounts(SequenceNode sequence, int here, out long minimum, out long maximum)
    {
        minimum = 0;
        maximum = RepeatNode.Unbounded;
        if (_source.Next == '}')
        {
            sequence.Items.Add(new LiteralNode('{'));
            return false;
        }

        var low = Digits();
        var high = _source.Match(',') ? Digits() : low;
        if (!_source.Match('}'))
        {
            sequence.Items.Add(new LiteralNode('{'));
            _source.Seek(here);
            return false;
        }

        if (!low.IsEmpty)
        {
            minimum = Count(low);
        }

        if (!high.IsEmpty)
        {
            maximum = Count(high);
            if (maximum < minimum)
            {
                throw _source.Error("min repeat greater than max repeat", _source.Position - here);
            }
        }

        return true;
    }

    private ReadOnlySpan<int> Digits()
    {
        var start = _source.Position;
        _source.GetWhile(int.MaxValue, PatternReader.IsDigit);
        return _source.Text[start.._source.Position];
    }

    private static long Count(ReadOnlySpan<int> digits)
    {
        var count = PatternReader.ParseNumber(digits);
        return count < RepeatNode.Unbounded ? count : throw PyRegexException.OfType("OverflowError", "the repetition number is too large");
    }
}
