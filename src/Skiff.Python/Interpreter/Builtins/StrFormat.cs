using System.Globalization;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary><c>str.format</c>: fields by place or name, with indices, conversions and formats. Attributes are out of reach.</summary>
internal static class StrFormat
{
    public static PyValue Apply(PyContext ctx, PyStr format, ReadOnlySpan<PyValue> args, PyDict keywords)
    {
        var buffer = ctx.RentBuffer();
        var automatic = 0;
        Run(ctx, format.ToString(), args, keywords, buffer, ref automatic, 2);
        return ctx.TakeStr(buffer);
    }

    private static void Run(PyContext ctx, string format, ReadOnlySpan<PyValue> args, PyDict keywords, ByteBuffer buffer, ref int automatic, int depth)
    {
        if (depth < 0)
        {
            throw ctx.ValueError("Max string recursion exceeded");
        }

        ctx.Charge(format.Length);
        for (var at = 0; at < format.Length;)
        {
            var stop = format.AsSpan(at).IndexOfAny('{', '}');
            if (stop < 0)
            {
                buffer.Append(Utf8.GetBytes(format.AsSpan(at)));
                return;
            }

            buffer.Append(Utf8.GetBytes(format.AsSpan(at, stop)));
            at += stop;
            if (at + 1 < format.Length && format[at + 1] == format[at])
            {
                buffer.Append((byte)format[at]);
                at += 2;
                continue;
            }

            if (format[at] == '}')
            {
                throw ctx.ValueError("Single '}' encountered in format string");
            }

            at = Field(ctx, format, at + 1, args, keywords, buffer, ref automatic, depth);
        }
    }

    private static int Field(PyContext ctx, string format, int start, ReadOnlySpan<PyValue> args, PyDict keywords, ByteBuffer buffer, ref int automatic, int depth)
    {
        var end = EndOfField(ctx, format, start);
        var field = format[start..end];
        var nameEnd = EndOfName(field);
        var value = Lookup(ctx, field[..nameEnd], args, keywords, ref automatic);
        var at = nameEnd;
        if (at < field.Length && field[at] == '!')
        {
            if (at + 1 >= field.Length || (at + 2 < field.Length && field[at + 2] != ':'))
            {
                throw ctx.ValueError(at + 1 >= field.Length ? "end of string while looking for conversion specifier" : "expected ':' after conversion specifier");
            }

            value = field[at + 1] switch
            {
                's' => Text.Str(ctx, value),
                'r' => Text.Repr(ctx, value),
                'a' => Text.Ascii(ctx, value),
                var other => throw ctx.ValueError($"Unknown conversion specifier '{other}'"),
            };
            at += 2;
        }

        var spec = at < field.Length ? field[(at + 1)..] : "";
        if (spec.Contains('{', StringComparison.Ordinal))
        {
            var inner = ctx.RentBuffer();
            Run(ctx, spec, args, keywords, inner, ref automatic, depth - 1);
            spec = Utf8.GetString(inner.Written);
            ctx.ReturnBuffer(inner);
        }

        Formatter.Format(ctx, value, spec, buffer);
        return end + 1;
    }

    private static int EndOfField(PyContext ctx, string format, int start)
    {
        var depth = 1;
        for (var at = start; at < format.Length; at++)
        {
            depth += format[at] == '{' ? 1 : format[at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        throw ctx.ValueError(start >= format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private static int EndOfName(string field)
    {
        var brackets = false;
        for (var at = 0; at < field.Length; at++)
        {
            brackets = field[at] == '[' || (brackets && field[at] != ']');
            if (!brackets && field[at] is ':' or '!')
            {
                return at;
            }
        }

        return field.Length;
    }

    private static PyValue Lookup(PyContext ctx, string name, ReadOnlySpan<PyValue> args, PyDict keywords, ref int automatic)
    {
        var stop = name.AsSpan().IndexOfAny('.', '[');
        var first = stop < 0 ? name : name[..stop];
        PyValue value;
        if (first.Length == 0)
        {
            if (automatic < 0)
            {
                throw ctx.ValueError("cannot switch from manual field specification to automatic field numbering");
            }

            value = At(ctx, args, automatic++);
        }
        else if (int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            if (automatic > 0)
            {
                throw ctx.ValueError("cannot switch from automatic field numbering to manual field specification");
            }

            automatic = -1;
            value = At(ctx, args, index);
        }
        else
        {
            value = Subscripts.Get(ctx, keywords, ctx.NewStr(first));
        }

        return stop < 0 ? value : Descend(ctx, name, stop, value);
    }

    private static PyValue At(PyContext ctx, ReadOnlySpan<PyValue> args, int index)
        => index < args.Length ? args[index] : throw ctx.IndexError($"Replacement index {index} out of range for positional args tuple");

    private static PyValue Descend(PyContext ctx, string name, int at, PyValue value)
    {
        while (at < name.Length)
        {
            if (name[at] == '.')
            {
                throw ctx.Error(PyExceptionType.AttributeError, "attributes in format strings are out of reach");
            }

            var end = name.IndexOf(']', at);
            if (name[at] != '[' || end < 0)
            {
                throw ctx.ValueError(end < 0 ? "expected '}' before end of string" : "Only '.' or '[' may follow ']' in format field specifier");
            }

            var key = name[(at + 1)..end];
            if (key.Length == 0)
            {
                throw ctx.ValueError("Empty attribute in format string");
            }

            value = Subscripts.Get(ctx, value, long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? PyValue.Of(index) : ctx.NewStr(key));
            at = end + 1;
        }

        return value;
    }
}
