using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Interpreter;

/// <summary>The module unicodedata, without the names of characters.</summary>
internal static class UnicodedataModule
{
    public static PyModuleValue Make() => new("unicodedata", new Dictionary<string, PyValue>
    {
        ["unidata_version"] = PyValue.Literal(UnicodeData.Version),
        ["normalize"] = new PyBuiltin("normalize", "/,form,unistr", Normalize),
        ["is_normalized"] = new PyBuiltin("is_normalized", "/,form,unistr", (ctx, _, args)
            => PyValue.Of(UnicodeText.IsNormalized(Form(ctx, args[0]), StrMethods.Expect(ctx, args[1], "is_normalized() argument 2 must be str").Span))),
        ["category"] = Character("category", (ctx, c) => ctx.NewStr(UnicodeData.Category(c))),
        ["bidirectional"] = Character("bidirectional", (ctx, c) => ctx.NewStr(UnicodeData.Bidirectional(c))),
        ["east_asian_width"] = Character("east_asian_width", (ctx, c) => ctx.NewStr(UnicodeData.EastAsianWidth(c))),
        ["combining"] = Character("combining", (_, c) => PyValue.Of((long)UnicodeData.Combining(c))),
        ["mirrored"] = Character("mirrored", (_, c) => PyValue.Of(UnicodeData.IsMirrored(c) ? 1L : 0)),
        ["decomposition"] = Character("decomposition", (ctx, c) =>
        {
            var buffer = ctx.RentBuffer();
            UnicodeData.Decomposition(c, buffer);
            return ctx.TakeStr(buffer);
        }),
        ["decimal"] = Number("decimal", "not a decimal", c => UnicodeData.Decimal(c) is var d and >= 0 ? PyValue.Of((long)d) : default),
        ["digit"] = Number("digit", "not a digit", c => UnicodeData.Digit(c) is var d and >= 0 ? PyValue.Of((long)d) : default),
        ["numeric"] = Number("numeric", "not a numeric character", c => UnicodeData.TryGetNumeric(c, out var value) ? PyValue.Of(value) : default),
    });

    private static PyBuiltin Character(string name, Func<PyContext, int, PyValue> body)
        => new(name, "/,chr", (ctx, _, args) => body(ctx, One(ctx, name, args[0])));

    private static PyBuiltin Number(string name, string missing, Func<int, PyValue> body) => new(name, "/,chr,default?", (ctx, _, args) =>
    {
        var value = body(One(ctx, name, args[0]));
        return !value.IsUnbound ? value : args[1].IsUnbound ? throw ctx.ValueError(missing) : args[1];
    });

    private static int One(PyContext ctx, string name, PyValue value)
    {
        if (value.Obj is not PyStr text || text.Count != 1)
        {
            throw ctx.TypeError(value.Obj is PyStr other
                ? $"{name}(): argument must be a unicode character, not a string of length {other.Count}"
                : $"{name}() argument must be a unicode character, not {TypeNames.Of(value)}");
        }

        var at = 0;
        return Utf8.Decode(text.Span, ref at);
    }

    private static PyValue Normalize(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var form = Form(ctx, args[0]);
        var text = StrMethods.Expect(ctx, args[1], "normalize() argument 2 must be str");
        if (text.IsAscii)
        {
            return text;
        }

        // A character may become eighteen.
        ctx.Charge(text.Length * 4L);
        var buffer = ctx.RentBuffer();
        UnicodeText.Normalize(form, text.Span, buffer);
        return ctx.TakeStr(buffer);
    }

    private static NormalizationForm Form(PyContext ctx, PyValue form) => StrMethods.Expect(ctx, form, "normalize() argument 1 must be str").ToString() switch
    {
        "NFC" => NormalizationForm.Nfc,
        "NFD" => NormalizationForm.Nfd,
        "NFKC" => NormalizationForm.Nfkc,
        "NFKD" => NormalizationForm.Nfkd,
        _ => throw ctx.ValueError("invalid normalization form"),
    };
}
