using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Interpreter;

/// <summary>The methods and attributes of matches and patterns.</summary>
internal static class MatchMethods
{
    public static readonly PyBuiltin[] All =
    [
        new("group", "*args", Groups),
        new("groups", "default?", (ctx, self, args) => AllGroups(ctx, Of(self), args[0].IsUnbound ? PyValue.None : args[0])),
        new("groupdict", "default?", NamedGroups),
        new("start", "/,group?", (ctx, self, args) => Edge(ctx, Of(self), args[0], 0)),
        new("end", "/,group?", (ctx, self, args) => Edge(ctx, Of(self), args[0], 1)),
        new("span", "/,group?", (ctx, self, args) => new PyTuple([Edge(ctx, Of(self), args[0], 0), Edge(ctx, Of(self), args[0], 1)])),
        new("expand", "/,template", Expand),
    ];

    public static PyValue Group(PyContext ctx, PyMatchValue match, PyValue index) => Value(ctx, match, Number(ctx, match, index), PyValue.None);

    public static PyValue Attribute(PyContext ctx, PyMatchValue match, string name) => name switch
    {
        "string" => match.Text,
        "re" => new PyPatternValue(match.Regex, ctx.NewStr(match.Regex.Pattern)),
        "pos" => PyValue.Of((long)match.Text.PositionOf(match.SearchStart)),
        "endpos" => PyValue.Of((long)match.Text.PositionOf(match.SearchEnd)),
        "lastindex" => match.LastIndex < 0 ? PyValue.None : PyValue.Of((long)match.LastIndex),
        "lastgroup" => LastGroup(ctx, match),
        _ => default,
    };

    public static PyValue Attribute(PyContext ctx, PyPatternValue pattern, string name) => name switch
    {
        "pattern" => pattern.Source,
        "flags" => PyValue.Of((long)pattern.Regex.Flags),
        "groups" => PyValue.Of((long)pattern.Regex.GroupCount),
        "groupindex" => GroupIndex(ctx, pattern),
        _ => default,
    };

    public static void AppendRepr(PyContext ctx, PyMatchValue match, ByteBuffer buffer)
    {
        var start = match.Text.PositionOf(match.Spans[0]);
        var end = match.Text.PositionOf(match.Spans[1]);
        buffer.Append(Utf8.GetBytes($"<re.Match object; span=({start}, {end}), match="));
        Text.AppendRepr(ctx, Value(ctx, match, 0, PyValue.None), buffer);
        buffer.Append((byte)'>');
    }

    public static void AppendRepr(PyPatternValue pattern, ByteBuffer buffer)
    {
        buffer.Append("re.compile("u8);
        UnicodeText.Repr(pattern.Source.Span, buffer);
        buffer.Append((byte)')');
    }

    private static PyMatchValue Of(PyValue value) => (PyMatchValue)value.Obj!;

    private static int Number(PyContext ctx, PyMatchValue match, PyValue index)
    {
        if (index.IsIntegral && index.Bits >= 0 && index.Bits <= match.GroupCount)
        {
            return (int)index.Bits;
        }

        return index.Obj is PyStr name && match.Regex.GroupNames.TryGetValue(name.ToString(), out var number)
            ? number
            : throw ctx.IndexError("no such group");
    }

    private static PyValue Value(PyContext ctx, PyMatchValue match, int group, PyValue missing)
    {
        var start = match.Spans[2 * group];
        return start < 0 ? missing : ctx.View(match.Text, start, match.Spans[(2 * group) + 1] - start);
    }

    private static PyValue Groups(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var match = Of(self);
        if (args.Length == 0)
        {
            return Value(ctx, match, 0, PyValue.None);
        }

        if (args.Length == 1)
        {
            return Group(ctx, match, args[0]);
        }

        var values = new PyValue[args.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Group(ctx, match, args[i]);
        }

        return new PyTuple(values);
    }

    private static PyTuple AllGroups(PyContext ctx, PyMatchValue match, PyValue missing)
    {
        var values = new PyValue[match.GroupCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(ctx, match, i + 1, missing);
        }

        return new PyTuple(values);
    }

    private static PyValue NamedGroups(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var match = Of(self);
        var dict = new PyDict();
        foreach (var (name, number) in match.Regex.GroupNames.OrderBy(n => n.Value))
        {
            dict.Set(ctx, ctx.NewStr(name), Value(ctx, match, number, args[0].IsUnbound ? PyValue.None : args[0]));
        }

        return dict;
    }

    private static PyValue Edge(PyContext ctx, PyMatchValue match, PyValue group, int side)
    {
        var at = match.Spans[(2 * (group.IsUnbound ? 0 : Number(ctx, match, group))) + side];
        return PyValue.Of(at < 0 ? -1L : match.Text.PositionOf(at));
    }

    private static PyValue Expand(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var match = Of(self);
        var text = StrMethods.Expect(ctx, args[0], "expand() argument must be str");
        var state = ctx.Regex.Rent();
        match.Regex.Search(match.Text.Span, match.Spans[0], match.SearchEnd, state);
        var buffer = ctx.RentBuffer();
        Substitution.Parse(ctx, match.Regex, text).Expand(match.Text.Span, state, buffer);
        ctx.Regex.Return(state);
        return ctx.TakeStr(buffer);
    }

    private static PyValue LastGroup(PyContext ctx, PyMatchValue match)
    {
        foreach (var (name, number) in match.Regex.GroupNames)
        {
            if (number == match.LastIndex)
            {
                return ctx.NewStr(name);
            }
        }

        return PyValue.None;
    }

    private static PyDict GroupIndex(PyContext ctx, PyPatternValue pattern)
    {
        var dict = new PyDict();
        foreach (var (name, number) in pattern.Regex.GroupNames)
        {
            dict.Set(ctx, ctx.NewStr(name), PyValue.Of((long)number));
        }

        return dict;
    }
}
