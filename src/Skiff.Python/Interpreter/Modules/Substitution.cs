using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary><c>re.sub</c> with a text, a template or a function.</summary>
internal static class Substitution
{
    public static PyValue Sub(PyContext ctx, PyRegex regex, PyValue replacement, PyValue subject, PyValue count, bool counted)
    {
        var text = ReModule.Subject(ctx, subject);
        var most = count.IsUnbound ? 0 : Numbers.ToIndex(ctx, count);
        var template = Template(ctx, regex, replacement);
        var match = ReModule.Begin(ctx);
        var buffer = ctx.RentBuffer();
        var matches = regex.Matches(text.Span, match);
        var copied = 0;
        var replaced = 0L;
        while (most >= 0 && (most == 0 || replaced < most) && matches.MoveNext())
        {
            ctx.Step();
            buffer.Append(text.Span[copied..match.Start(0)]);
            copied = match.End(0);
            replaced++;
            Expand(ctx, regex, text, match, replacement, template, buffer);
        }

        ReModule.End(ctx, match, text.Length);
        PyStr result;
        if (replaced == 0)
        {
            ctx.ReturnBuffer(buffer);
            result = text;
        }
        else
        {
            buffer.Append(text.Span[copied..]);
            result = ctx.TakeStr(buffer);
        }

        return counted ? new PyTuple([result, PyValue.Of(replaced)]) : result;
    }

    private static void Expand(PyContext ctx, PyRegex regex, PyStr text, PyMatch match, PyValue replacement, PyTemplate? template, ByteBuffer buffer)
    {
        if (template is not null)
        {
            var before = buffer.Length;
            template.Expand(text.Span, match, buffer);
            ctx.Charge(buffer.Length - before);
        }
        else if (replacement.Obj is PyStr literal)
        {
            ctx.Charge(literal.Length);
            buffer.Append(literal.Span);
        }
        else
        {
            var made = Caller.Call(ctx, replacement, ReModule.MakeMatch(ctx, regex, text, match, 0, text.Length));
            if (made.IsNone)
            {
                return;
            }

            var with = made.Obj as PyStr ?? throw ctx.TypeError($"expected str instance, {TypeNames.Of(made)} found");
            ctx.Charge(with.Length);
            buffer.Append(with.Span);
        }
    }

    /// <summary>The parsed template, or null for a function and for a text that stands for itself.</summary>
    private static PyTemplate? Template(PyContext ctx, PyRegex regex, PyValue replacement)
    {
        if (replacement.Obj is not PyStr text)
        {
            return replacement.Kind is PyKind.Function or PyKind.Builtin or PyKind.BoundMethod or PyKind.Partial or PyKind.Type
                ? null
                : throw ctx.TypeError($"decoding to str: need a bytes-like object, {TypeNames.Of(replacement)} found");
        }

        return text.Span.Contains((byte)'\\') ? Parse(ctx, regex, text) : null;
    }

    public static PyTemplate Parse(PyContext ctx, PyRegex regex, PyStr text)
    {
        if (text.Memo is ParsedTemplate known && ReferenceEquals(known.Regex, regex))
        {
            return known.Template;
        }

        ctx.Charge(text.Length * 8L);
        try
        {
            var template = PyTemplate.Parse(text.Span, regex);
            text.Memo = new ParsedTemplate(regex, template);
            return template;
        }
        catch (PyRegexException exception)
        {
            throw RegexState.Error(ctx, exception);
        }
    }

    private sealed record ParsedTemplate(PyRegex Regex, PyTemplate Template);
}
