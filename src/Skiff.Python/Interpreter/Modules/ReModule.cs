using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>The module re, and the methods of its patterns.</summary>
internal static class ReModule
{
    public static readonly PyBuiltin[] PatternMethods =
    [
        new("search", "string,pos?,endpos?", (ctx, self, args) => One(ctx, Regex(self), args[0], args[1], args[2], Mode.Search)),
        new("match", "string,pos?,endpos?", (ctx, self, args) => One(ctx, Regex(self), args[0], args[1], args[2], Mode.Match)),
        new("fullmatch", "string,pos?,endpos?", (ctx, self, args) => One(ctx, Regex(self), args[0], args[1], args[2], Mode.Full)),
        new("sub", "repl,string,count?", (ctx, self, args) => Substitution.Sub(ctx, Regex(self), args[0], args[1], args[2], counted: false)),
        new("subn", "repl,string,count?", (ctx, self, args) => Substitution.Sub(ctx, Regex(self), args[0], args[1], args[2], counted: true)),
        new("findall", "string,pos?,endpos?", (ctx, self, args) => FindAll(ctx, Regex(self), args[0], args[1], args[2])),
        new("finditer", "string,pos?,endpos?", (ctx, self, args) => FindIter(ctx, Regex(self), args[0], args[1], args[2])),
        new("split", "string,maxsplit?", (ctx, self, args) => Split(ctx, Regex(self), args[0], args[1])),
    ];

    public static PyModuleValue Make()
    {
        var members = new Dictionary<string, PyValue>();
        foreach (var (name, value) in Flags())
        {
            members.Add(name, PyValue.Of(value));
        }

        Add(members, "compile", "pattern,flags?", (ctx, _, args) => Compile(ctx, args[0], args[1]));
        Add(members, "search", "pattern,string,flags?", (ctx, _, args) => One(ctx, Regex(ctx, args[0], args[2]), args[1], default, default, Mode.Search));
        Add(members, "match", "pattern,string,flags?", (ctx, _, args) => One(ctx, Regex(ctx, args[0], args[2]), args[1], default, default, Mode.Match));
        Add(members, "fullmatch", "pattern,string,flags?", (ctx, _, args) => One(ctx, Regex(ctx, args[0], args[2]), args[1], default, default, Mode.Full));
        Add(members, "sub", "pattern,repl,string,count?,flags?", (ctx, _, args) => Substitution.Sub(ctx, Regex(ctx, args[0], args[4]), args[1], args[2], args[3], counted: false));
        Add(members, "subn", "pattern,repl,string,count?,flags?", (ctx, _, args) => Substitution.Sub(ctx, Regex(ctx, args[0], args[4]), args[1], args[2], args[3], counted: true));
        Add(members, "findall", "pattern,string,flags?", (ctx, _, args) => FindAll(ctx, Regex(ctx, args[0], args[2]), args[1], default, default));
        Add(members, "finditer", "pattern,string,flags?", (ctx, _, args) => FindIter(ctx, Regex(ctx, args[0], args[2]), args[1], default, default));
        Add(members, "split", "pattern,string,maxsplit?,flags?", (ctx, _, args) => Split(ctx, Regex(ctx, args[0], args[3]), args[1], args[2]));
        Add(members, "escape", "pattern", Escape);
        Add(members, "purge", "/", (_, _, _) => PyValue.None);
        members.Add("error", Types.OfException(PyExceptionType.PatternError));
        members.Add("PatternError", Types.OfException(PyExceptionType.PatternError));
        members.Add("Pattern", new PyTypeValue("re.Pattern", [PyKind.Pattern], null));
        members.Add("Match", new PyTypeValue("re.Match", [PyKind.Match], null));
        return new PyModuleValue("re", members);
    }

    private static void Add(Dictionary<string, PyValue> members, string name, string signature, BuiltinBody body)
        => members.Add(name, new PyBuiltin(name, signature, body));

    private static IEnumerable<(string Name, long Value)> Flags() =>
    [
        ("NOFLAG", 0), ("I", 2), ("IGNORECASE", 2), ("L", 4), ("LOCALE", 4), ("M", 8), ("MULTILINE", 8), ("S", 16), ("DOTALL", 16),
        ("U", 32), ("UNICODE", 32), ("X", 64), ("VERBOSE", 64), ("DEBUG", 128), ("A", 256), ("ASCII", 256),
    ];

    private static PyRegex Regex(PyValue self) => ((PyPatternValue)self.Obj!).Regex;

    private static PyRegex Regex(PyContext ctx, PyValue pattern, PyValue flags)
    {
        if (pattern.Obj is PyStr text)
        {
            return ctx.Regex.Compile(ctx, text, flags.IsUnbound ? 0 : Numbers.ToInt(ctx, flags));
        }

        if (pattern.Obj is not PyPatternValue compiled)
        {
            throw ctx.TypeError(pattern.Kind == PyKind.Bytes ? "patterns of bytes are not supported" : "first argument must be string or compiled pattern");
        }

        return flags.IsUnbound || !Truth.Of(ctx, flags)
            ? compiled.Regex
            : throw ctx.ValueError("cannot process flags argument with a compiled pattern");
    }

    private static PyValue Compile(PyContext ctx, PyValue pattern, PyValue flags)
    {
        if (pattern.Obj is PyPatternValue compiled)
        {
            Regex(ctx, pattern, flags);
            return compiled;
        }

        var regex = Regex(ctx, pattern, flags);
        ctx.Charge(64);
        return new PyPatternValue(regex, (PyStr)pattern.Obj!);
    }

    public static PyStr Subject(PyContext ctx, PyValue value)
        => value.Obj as PyStr ?? throw ctx.TypeError(value.Kind == PyKind.Bytes
            ? "cannot use a string pattern on a bytes-like object"
            : $"expected string or bytes-like object, got '{TypeNames.Of(value)}'");

    /// <summary>Sets the budget of a search before it runs.</summary>
    public static PyMatch Begin(PyContext ctx)
    {
        var match = ctx.Regex.Rent();
        match.StepBudget = Math.Min(PyMatch.DefaultStepBudget, (ctx.StepsLeft * 8) + 64);
        return match;
    }

    /// <summary>Counts what a search took.</summary>
    public static void End(PyContext ctx, PyMatch match, int length)
    {
        var used = match.StepBudget + (32L * length) - match.StepsLeft;
        ctx.Regex.Return(match);
        ctx.Step(Math.Max(0, used) >> 3);
    }

    public static PyMatchValue MakeMatch(PyContext ctx, PyRegex regex, PyStr text, PyMatch match, int start, int end)
    {
        ctx.Charge(80 + (regex.GroupCount * 8));
        var spans = new int[(regex.GroupCount + 1) * 2];
        for (var group = 0; group <= regex.GroupCount; group++)
        {
            spans[2 * group] = match.Start(group);
            spans[(2 * group) + 1] = match.End(group);
        }

        return new PyMatchValue(regex, text, spans, match.LastIndex, start, end);
    }

    private static PyValue One(PyContext ctx, PyRegex regex, PyValue subject, PyValue pos, PyValue endpos, Mode mode)
    {
        var text = Subject(ctx, subject);
        var (start, end) = Window(ctx, text, pos, endpos);
        var match = Begin(ctx);
        var found = mode switch
        {
            Mode.Search => regex.Search(text.Span, start, end, match),
            Mode.Match => regex.Match(text.Span, start, end, match),
            _ => regex.FullMatch(text.Span, start, end, match),
        };
        var result = found ? new PyValue(MakeMatch(ctx, regex, text, match, start, end)) : PyValue.None;
        End(ctx, match, end);
        return result;
    }

    private static (int Start, int End) Window(PyContext ctx, PyStr text, PyValue pos, PyValue endpos)
    {
        if (pos.IsUnbound && endpos.IsUnbound)
        {
            return (0, text.Length);
        }

        var start = pos.IsUnbound ? 0 : Math.Clamp(Numbers.ToIndex(ctx, pos), 0, text.Count);
        var end = endpos.IsUnbound ? text.Count : Math.Clamp(Numbers.ToIndex(ctx, endpos), 0, text.Count);
        return (text.ByteOf((int)start), text.ByteOf((int)end));
    }

    private static PyValue FindAll(PyContext ctx, PyRegex regex, PyValue subject, PyValue pos, PyValue endpos)
    {
        var text = Subject(ctx, subject);
        var (start, end) = Window(ctx, text, pos, endpos);
        ctx.Charge(56);
        var found = new PyList();
        var match = Begin(ctx);
        var matches = regex.Matches(text.Span, Math.Min(start, end), end, match);
        while (start <= end && matches.MoveNext())
        {
            ctx.Step();
            found.Add(ctx, Found(ctx, regex, text, match));
        }

        End(ctx, match, end);
        return found;
    }

    private static PyValue Found(PyContext ctx, PyRegex regex, PyStr text, PyMatch match)
    {
        if (regex.GroupCount <= 1)
        {
            return Part(ctx, text, match, regex.GroupCount, PyStr.Empty);
        }

        ctx.Charge(40 + (regex.GroupCount * 16));
        var groups = new PyValue[regex.GroupCount];
        for (var group = 1; group <= groups.Length; group++)
        {
            groups[group - 1] = Part(ctx, text, match, group, PyStr.Empty);
        }

        return new PyTuple(groups);
    }

    private static PyValue Part(PyContext ctx, PyStr text, PyMatch match, int group, PyValue missing)
    {
        var start = match.Start(group);
        return start < 0 ? missing : ctx.View(text, start, match.End(group) - start);
    }

    private static PyValue FindIter(PyContext ctx, PyRegex regex, PyValue subject, PyValue pos, PyValue endpos)
    {
        var text = Subject(ctx, subject);
        var (start, end) = Window(ctx, text, pos, endpos);
        var found = new PyList();
        var match = Begin(ctx);
        var matches = regex.Matches(text.Span, Math.Min(start, end), end, match);
        while (start <= end && matches.MoveNext())
        {
            ctx.Step();
            found.Add(ctx, MakeMatch(ctx, regex, text, match, start, end));
        }

        End(ctx, match, end);
        return new ListIterator(found);
    }

    private static PyValue Split(PyContext ctx, PyRegex regex, PyValue subject, PyValue most)
    {
        var text = Subject(ctx, subject);
        var left = most.IsUnbound ? 0 : Numbers.ToIndex(ctx, most);
        ctx.Charge(56);
        var parts = new PyList();
        if (left < 0)
        {
            parts.Add(ctx, text);
            return parts;
        }

        left = left == 0 ? long.MaxValue : left;
        var match = Begin(ctx);
        var matches = regex.Matches(text.Span, match);
        var from = 0;
        while (left-- > 0 && matches.MoveNext())
        {
            ctx.Step();
            parts.Add(ctx, ctx.View(text, from, match.Start(0) - from));
            for (var group = 1; group <= regex.GroupCount; group++)
            {
                parts.Add(ctx, Part(ctx, text, match, group, PyValue.None));
            }

            from = match.End(0);
        }

        parts.Add(ctx, ctx.View(text, from, text.Length - from));
        End(ctx, match, text.Length);
        return parts;
    }

    private static PyValue Escape(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var text = StrMethods.Expect(ctx, args[0], "re.escape() wants a str");
        var buffer = ctx.RentBuffer();
        ctx.Charge(text.Length * 2L);
        foreach (var b in text.Span)
        {
            if ("()[]{}?*+-|^$\\.&~# \t\n\r\v\f"u8.Contains(b))
            {
                buffer.Append((byte)'\\');
            }

            buffer.Append(b);
        }

        return ctx.TakeStr(buffer);
    }

    private enum Mode
    {
        Search,
        Match,
        Full,
    }
}
