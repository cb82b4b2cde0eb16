using System.Globalization;
using System.Numerics;
using System.Text;
using Skiff.Numerics;
using Skiff.Python.Unicode;

namespace Skiff.Python.Interpreter;

/// <summary><c>str()</c>, <c>repr()</c> and <c>ascii()</c>.</summary>
internal static class Text
{
    private const int MaximumIntDigits = 4300;

    public static PyValue Str(PyContext ctx, PyValue value)
    {
        if (value.Obj is PyStr)
        {
            return value;
        }

        if (value.Obj is PyExceptionValue exception)
        {
            return OfException(ctx, exception);
        }

        return Repr(ctx, value);
    }

    public static PyValue Repr(PyContext ctx, PyValue value)
    {
        var buffer = ctx.RentBuffer();
        AppendRepr(ctx, value, buffer);
        return ctx.TakeStr(buffer);
    }

    public static PyValue Ascii(PyContext ctx, PyValue value)
    {
        var text = (PyStr)Repr(ctx, value).Obj!;
        if (text.IsAscii)
        {
            return text;
        }

        var buffer = ctx.RentBuffer();
        for (var at = 0; at < text.Length;)
        {
            AppendAscii(Utf8.Decode(text.Span, ref at), buffer);
        }

        return ctx.TakeStr(buffer);
    }

    public static void AppendStr(PyContext ctx, PyValue value, ByteBuffer buffer)
    {
        if (value.Obj is PyStr text)
        {
            ctx.Charge(text.Length);
            buffer.Append(text.Span);
        }
        else if (value.Obj is PyExceptionValue exception)
        {
            buffer.Append(OfException(ctx, exception).Span);
        }
        else
        {
            AppendRepr(ctx, value, buffer);
        }
    }

    /// <summary>What <c>str(e)</c> gives.</summary>
    public static PyStr OfException(PyContext ctx, PyExceptionValue exception)
    {
        if (exception.Args.Length == 0)
        {
            return PyStr.Empty;
        }

        if (exception.Args.Length > 1)
        {
            return (PyStr)Repr(ctx, new PyTuple(exception.Args)).Obj!;
        }

        return (PyStr)(exception.Type == PyExceptionType.KeyError ? Repr(ctx, exception.Args[0]) : Str(ctx, exception.Args[0])).Obj!;
    }

    public static void AppendRepr(PyContext ctx, PyValue value, ByteBuffer buffer)
    {
        ctx.Step();
        var before = buffer.Length;
        switch (value.Obj)
        {
            case PyStr text:
                ctx.Charge(text.Length);
                UnicodeText.Repr(text.Span, buffer);
                break;
            case PyTag or PyBigInt:
                AppendScalar(ctx, value, buffer);
                break;
            case PyBytes bytes:
                ctx.Charge(bytes.Data.Length);
                AppendBytes(bytes.Data, buffer);
                break;
            case PyList list:
                ContainerRepr.Items(ctx, list.Span, "["u8, "]"u8, buffer);
                break;
            case PyTuple tuple:
                ContainerRepr.Items(ctx, tuple.Items, "("u8, tuple.Items.Length == 1 ? ",)"u8 : ")"u8, buffer);
                break;
            case PyDict dict:
                ContainerRepr.Dict(ctx, dict, buffer);
                break;
            case PySet set:
                ContainerRepr.Set(ctx, set, buffer);
                break;
            default:
                ContainerRepr.Other(ctx, value, buffer);
                break;
        }

        ctx.Charge((buffer.Length - before) >> 2);
    }

    public static string OfInteger(PyContext ctx, BigInteger value)
    {
        if (BigInteger.Abs(value).GetBitLength() > MaximumIntDigits * 10L / 3 && BigInteger.Abs(value) >= BigInteger.Pow(10, MaximumIntDigits))
        {
            throw ctx.ValueError($"Exceeds the limit ({MaximumIntDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
        }

        ctx.Step((long)value.GetBitLength() >> 4);
        return value.ToString(CultureInfo.InvariantCulture);
    }

    public static void AppendLong(long value, ByteBuffer buffer)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(value, buffer.GetSpan(24), out var written);
        buffer.Advance(written);
    }

    private static void AppendScalar(PyContext ctx, PyValue value, ByteBuffer buffer)
    {
        switch (value.Kind)
        {
            case PyKind.None:
                buffer.Append("None"u8);
                break;
            case PyKind.Ellipsis:
                buffer.Append("Ellipsis"u8);
                break;
            case PyKind.Bool:
                buffer.Append(value.Bits != 0 ? "True"u8 : "False"u8);
                break;
            case PyKind.Int:
                AppendLong(value.Bits, buffer);
                break;
            case PyKind.Float:
                buffer.Advance(PyFloat.Format(value.Double, buffer.GetSpan(PyFloat.MaxLength)));
                break;
            default:
                buffer.Append(Encoding.ASCII.GetBytes(OfInteger(ctx, Numbers.Big(value))));
                break;
        }
    }

    public static void AppendBytes(ReadOnlySpan<byte> bytes, ByteBuffer buffer)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? (byte)'"' : (byte)'\'';
        buffer.Append((byte)'b');
        buffer.Append(quote);
        foreach (var b in bytes)
        {
            if (b == quote || b == (byte)'\\')
            {
                buffer.Append((byte)'\\');
                buffer.Append(b);
            }
            else if (b is (byte)'\t' or (byte)'\n' or (byte)'\r')
            {
                buffer.Append((byte)'\\');
                buffer.Append(b == (byte)'\t' ? (byte)'t' : b == (byte)'\n' ? (byte)'n' : (byte)'r');
            }
            else if (b is < 0x20 or >= 0x7F)
            {
                buffer.Append(Encoding.ASCII.GetBytes($"\\x{b:x2}"));
            }
            else
            {
                buffer.Append(b);
            }
        }

        buffer.Append(quote);
    }

    private static void AppendAscii(int codePoint, ByteBuffer buffer)
    {
        if (codePoint < 0x80)
        {
            buffer.Append((byte)codePoint);
        }
        else
        {
            buffer.Append(Encoding.ASCII.GetBytes(codePoint < 0x100 ? $"\\x{codePoint:x2}" : codePoint < 0x10000 ? $"\\u{codePoint:x4}" : $"\\U{codePoint:x8}"));
        }
    }
}
