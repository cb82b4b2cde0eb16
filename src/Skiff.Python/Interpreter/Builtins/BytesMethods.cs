using System.Globalization;

namespace Skiff.Python.Interpreter;

/// <summary>The few methods of bytes that text functions use.</summary>
internal static class BytesMethods
{
    public static readonly PyBuiltin[] All =
    [
        new("decode", "encoding?,errors?", (ctx, self, args) => Encodings.Decode(ctx, Of(self), args[0], args[1])),
        new("hex", "/", (ctx, self, _) =>
        {
            ctx.Charge(Of(self).Length * 2L);
            return ctx.NewStr(Convert.ToHexStringLower(Of(self)));
        }),
        new("lower", "/", (ctx, self, _) => Map(ctx, self, b => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b)),
        new("upper", "/", (ctx, self, _) => Map(ctx, self, b => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b)),
        new("startswith", "/,prefix", (ctx, self, args) => PyValue.Of(Of(self).AsSpan().StartsWith(Expect(ctx, args[0])))),
        new("endswith", "/,suffix", (ctx, self, args) => PyValue.Of(Of(self).AsSpan().EndsWith(Expect(ctx, args[0])))),
        new("find", "/,sub", (ctx, self, args) => PyValue.Of((long)TextSearch.IndexOf(ctx, Of(self), Expect(ctx, args[0])))),
    ];

    private static byte[] Of(PyValue value) => ((PyBytes)value.Obj!).Data;

    private static byte[] Expect(PyContext ctx, PyValue value)
        => value.Obj is PyBytes bytes ? bytes.Data : throw ctx.TypeError(string.Create(CultureInfo.InvariantCulture, $"a bytes-like object is required, not '{TypeNames.Of(value)}'"));

    private static PyBytes Map(PyContext ctx, PyValue self, Converter<byte, byte> map)
    {
        ctx.Charge(Of(self).Length);
        return new PyBytes(Array.ConvertAll(Of(self), map));
    }
}
