using Skiff.Python.Unicode;

namespace Skiff.Python.Interpreter;

/// <summary>The module string: its constants and capwords.</summary>
internal static class StringModule
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private const string Whitespace = " \t\n\r\v\f";

    public static PyModuleValue Make() => new("string", new Dictionary<string, PyValue>
    {
        ["ascii_lowercase"] = PyValue.Literal(Lower),
        ["ascii_uppercase"] = PyValue.Literal(Upper),
        ["ascii_letters"] = PyValue.Literal(Lower + Upper),
        ["digits"] = PyValue.Literal(Digits),
        ["hexdigits"] = PyValue.Literal(Digits + "abcdefABCDEF"),
        ["octdigits"] = PyValue.Literal("01234567"),
        ["punctuation"] = PyValue.Literal(Punctuation),
        ["whitespace"] = PyValue.Literal(Whitespace),
        ["printable"] = PyValue.Literal(Digits + Lower + Upper + Punctuation + Whitespace),
        ["capwords"] = new PyBuiltin("capwords", "s,sep?", CapWords),
    });

    private static PyValue CapWords(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var split = MethodTable.Find(PyKind.Str, "split")!;
        StrMethods.Expect(ctx, args[0], "capwords() argument must be str");
        var words = (PyList)Caller.CallBuiltin(ctx, split, args[0], args[1].IsMissing ? [] : args[1..2], [], []).Obj!;
        var separator = args[1].Obj as PyStr ?? PyStr.OfAscii(' ');
        var buffer = ctx.RentBuffer();
        for (var i = 0; i < words.Count; i++)
        {
            if (i > 0)
            {
                buffer.Append(separator.Span);
            }

            UnicodeText.Capitalize(((PyStr)words.Items[i].Obj!).Span, buffer);
        }

        return ctx.TakeStr(buffer);
    }
}
