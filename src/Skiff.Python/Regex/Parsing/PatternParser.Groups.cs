namespace Skiff.Python.Regex;

/// <content>Groups and their extensions.</content>
internal sealed partial class PatternParser
{
    private const long MaximumGroups = 1073741823;
    private const PyRegexFlags TypeFlags = PyRegexFlags.Ascii | PyRegexFlags.Locale | PyRegexFlags.Unicode;

    private void ParseGroup(SequenceNode sequence, ref bool verbose, bool first, int start)
    {
        if (!_source.Match('?'))
        {
            sequence.Items.Add(ParseCapture(null, verbose, start));
            return;
        }

        var kind = GetOrEnd();
        switch (kind)
        {
            case 'P':
                sequence.Items.Add(ParsePython(verbose, start));
                return;
            case ':':
                sequence.Items.Add(new GroupNode(0, default, default, ParseBody(verbose, start)));
                return;
            case '#':
                SkipComment(start);
                return;
            case '=' or '!' or '<':
                sequence.Items.Add(ParseLook(kind, verbose, start));
                return;
            case '(':
                sequence.Items.Add(ParseConditional(verbose, start));
                return;
            case '>':
                sequence.Items.Add(new AtomicNode(ParseBody(verbose, start)));
                return;
        }

        if (kind != '-' && FlagOf(kind) == PyRegexFlags.None)
        {
            throw _source.Error("unknown extension ?" + TokenText(kind), PatternReader.TokenLength(kind) + 1);
        }

        if (ParseFlags(kind) is not var (added, removed))
        {
            if (!first || sequence.Items.Count > 0)
            {
                throw _source.Error("global flags not at the start of the expression", _source.Position - start);
            }

            verbose = (_flags & PyRegexFlags.Verbose) != 0;
            return;
        }

        var inner = (verbose || (added & PyRegexFlags.Verbose) != 0) && (removed & PyRegexFlags.Verbose) == 0;
        sequence.Items.Add(new GroupNode(0, added, removed, ParseBody(inner, start)));
    }

    private int GetOrEnd()
    {
        var token = _source.Get();
        return token != PatternReader.End ? token : throw _source.Error("unexpected end of pattern");
    }

    private static string TokenText(int token) => token >= PatternReader.Escape
        ? PatternReader.ToText(['\\', token & ~PatternReader.Escape])
        : PatternReader.ToText([token]);

    private RegexNode ParseBody(bool verbose, int start)
    {
        var body = ParseAlternatives(verbose, nested: true);
        return _source.Match(')') ? body : throw Unterminated(start);
    }

    private PyRegexException Unterminated(int start) => _source.Error("missing ), unterminated subpattern", _source.Position - start);

    private GroupNode ParseCapture(int[]? name, bool verbose, int start)
    {
        var number = _groups.Count;
        _groups.Add(null);
        if (name is not null && !_names.TryAdd(PatternReader.ToText(name), number))
        {
            var other = _names[PatternReader.ToText(name)];
            throw _source.Error($"redefinition of group name {PatternReader.Repr(name)} as group {number}; was group {other}", name.Length + 1);
        }

        var body = ParseBody(verbose, start);
        _groups[number] = NodeWidth.Of(body, _groups);
        return new GroupNode(number, default, default, body);
    }

    private RegexNode ParsePython(bool verbose, int start)
    {
        if (_source.Match('<'))
        {
            var name = _source.GetUntil('>', "group name");
            _source.CheckGroupName(name, 1);
            return ParseCapture(name, verbose, start);
        }

        if (_source.Match('='))
        {
            var name = _source.GetUntil(')', "group name");
            _source.CheckGroupName(name, 1);
            var group = GroupNamed(name);
            if (_groups[group] is null)
            {
                throw _source.Error("cannot refer to an open group", name.Length + 1);
            }

            CheckLookbehindGroup(group);
            return new BackreferenceNode(group);
        }

        var kind = GetOrEnd();
        throw _source.Error("unknown extension ?P" + TokenText(kind), PatternReader.TokenLength(kind) + 2);
    }

    private int GroupNamed(int[] name) => _names.TryGetValue(PatternReader.ToText(name), out var group)
        ? group
        : throw _source.Error("unknown group name " + PatternReader.Repr(name), name.Length + 1);

    private void SkipComment(int start)
    {
        while (true)
        {
            if (_source.Next == PatternReader.End)
            {
                throw _source.Error("missing ), unterminated comment", _source.Position - start);
            }

            if (_source.Get() == ')')
            {
                return;
            }
        }
    }

    private RegexNode ParseLook(int kind, bool verbose, int start)
    {
        var behind = kind == '<';
        var outermost = behind && _lookbehindGroups < 0;
        if (behind)
        {
            kind = GetOrEnd();
            if (kind is not ('=' or '!'))
            {
                throw _source.Error("unknown extension ?<" + TokenText(kind), PatternReader.TokenLength(kind) + 2);
            }
        }

        if (outermost)
        {
            _lookbehindGroups = _groups.Count;
        }

        var body = ParseAlternatives(verbose, nested: true);
        if (outermost)
        {
            _lookbehindGroups = -1;
        }

        if (!_source.Match(')'))
        {
            throw Unterminated(start);
        }

        var empty = body is SequenceNode { Items.Count: 0 };
        return kind == '!' && empty ? new FailNode() : new LookNode(body, behind, negative: kind == '!');
    }

    private ConditionalNode ParseConditional(bool verbose, int start)
    {
        var name = _source.GetUntil(')', "group name");
        int group;
        if (!PatternReader.IsNumber(name))
        {
            _source.CheckGroupName(name, 1);
            group = GroupNamed(name);
        }
        else
        {
            group = ConditionNumber(name);
        }

        CheckLookbehindGroup(group);
        if (++_depth > MaximumDepth)
        {
            throw _source.Error($"groups are nested more than {MaximumDepth} deep");
        }

        var yes = ParseSequence(verbose, first: false);
        SequenceNode? no = null;
        if (_source.Match('|'))
        {
            no = ParseSequence(verbose, first: false);
            if (_source.Next == '|')
            {
                throw _source.Error("conditional backref with more than two branches");
            }
        }

        _depth--;
        return _source.Match(')') ? new ConditionalNode(group, yes, no) : throw Unterminated(start);
    }

    private int ConditionNumber(int[] name)
    {
        var number = PatternReader.ParseNumber(name);
        if (number == 0)
        {
            throw _source.Error("bad group number", name.Length + 1);
        }

        if (number >= MaximumGroups)
        {
            throw _source.Error("invalid group reference " + PatternReader.NumberText(name), name.Length + 1);
        }

        if (_conditions.TryAdd((int)number, _source.Position - name.Length - 1))
        {
            _conditionOrder.Add((int)number);
        }

        return (int)number;
    }

    private void CheckLookbehindGroup(int group)
    {
        if (_lookbehindGroups < 0)
        {
            return;
        }

        if (group >= _groups.Count || _groups[group] is null)
        {
            throw _source.Error("cannot refer to an open group");
        }

        if (group >= _lookbehindGroups)
        {
            throw _source.Error("cannot refer to group defined in the same lookbehind subpattern");
        }
    }
}
