using System.Globalization;
using System.Numerics;
using System.Text;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary><c>format(value, spec)</c>.</summary>
internal static class Formatter
{
    public static void Format(PyContext ctx, PyValue value, string spec, ByteBuffer buffer)
    {
        if (spec.Length == 0)
        {
            Text.AppendStr(ctx, value, buffer);
            return;
        }

        var typeName = TypeNames.Of(value);
        if (value.Kind is not (PyKind.Str or PyKind.Int or PyKind.BigInt or PyKind.Bool or PyKind.Float))
        {
            throw ctx.TypeError($"unsupported format string passed to {typeName}.__format__");
        }

        var parsed = FormatSpec.Parse(ctx, spec, typeName);
        ctx.Charge(parsed.Width);
        switch (value.Kind)
        {
            case PyKind.Str:
                FormatText(ctx, (PyStr)value.Obj!, parsed, buffer);
                break;
            case PyKind.Float:
                FormatFloat(ctx, value.Double, parsed, buffer, typeName);
                break;
            case PyKind.Bool when parsed.Type == '\0' && parsed.Align == '\0' && parsed.Width == 0:
                Text.AppendStr(ctx, value, buffer);
                break;
            default:
                FormatInteger(ctx, value, parsed, buffer, typeName);
                break;
        }
    }

    private static void FormatText(PyContext ctx, PyStr text, FormatSpec spec, ByteBuffer buffer)
    {
        if (spec.Type is not ('\0' or 's'))
        {
            throw UnknownCode(ctx, spec.Type, "str");
        }

        if (spec.Sign != '\0')
        {
            throw ctx.ValueError(spec.Sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
        }

        if (spec.NoNegativeZero)
        {
            throw ctx.ValueError("Negative zero coercion (z) not allowed in string format specifier");
        }

        if (spec.Alternate)
        {
            throw ctx.ValueError("Alternate form (#) not allowed in string format specifier");
        }

        if (spec.Align == '=' && spec.Fill != "0")
        {
            throw ctx.ValueError("'=' alignment not allowed in string format specifier");
        }

        if (spec.Grouping != '\0')
        {
            throw ctx.ValueError($"Cannot specify '{spec.Grouping}' with 's'.");
        }

        var count = spec.Precision >= 0 ? Math.Min(spec.Precision, text.Count) : text.Count;
        ctx.Charge(text.Length);
        Pad(buffer, text.Span[..text.ByteOf(count)], count, spec, spec.Align is '\0' or '=' ? '<' : spec.Align);
    }

    private static void FormatInteger(PyContext ctx, PyValue value, FormatSpec spec, ByteBuffer buffer, string typeName)
    {
        if (spec.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
        {
            FormatFloat(ctx, Numbers.ToDouble(ctx, value), spec, buffer, typeName);
            return;
        }

        if (spec.Precision >= 0)
        {
            throw ctx.ValueError("Precision not allowed in integer format specifier");
        }

        var number = Numbers.Big(value);
        if (spec.Type == 'c')
        {
            FormatCharacter(ctx, number, spec, buffer);
            return;
        }

        var radix = spec.Type switch
        {
            '\0' or 'd' or 'n' => 10,
            'x' or 'X' => 16,
            'o' => 8,
            'b' => 2,
            _ => throw UnknownCode(ctx, spec.Type, typeName),
        };
        if (spec.Grouping == ',' && radix != 10)
        {
            throw ctx.ValueError($"Cannot specify ',' with '{spec.Type}'.");
        }

        var digits = Digits(ctx, BigInteger.Abs(number), radix, spec.Type == 'X');
        var prefix = spec.Alternate && radix != 10 ? "0" + spec.Type : "";
        PadNumber(buffer, number.Sign < 0, prefix, digits, "", spec, radix == 10 ? 3 : 4);
    }

    private static void FormatCharacter(PyContext ctx, BigInteger number, FormatSpec spec, ByteBuffer buffer)
    {
        if (spec.Sign != '\0')
        {
            throw ctx.ValueError("Sign not allowed with integer format specifier 'c'");
        }

        if (number < 0 || number > 0x10FFFF)
        {
            throw ctx.Error(PyExceptionType.OverflowError, "%c arg not in range(0x110000)");
        }

        Span<byte> text = stackalloc byte[4];
        Pad(buffer, text[..Utf8.Encode((int)number, text)], 1, spec, spec.Align is '\0' or '=' ? '<' : spec.Align);
    }

    public static string Digits(PyContext ctx, BigInteger value, int radix, bool upper)
    {
        if (radix == 10)
        {
            return Text.OfInteger(ctx, value);
        }

        if (value.IsZero)
        {
            return "0";
        }

        var bitsEach = radix == 16 ? 4 : radix == 8 ? 3 : 1;
        var count = ((int)value.GetBitLength() + bitsEach - 1) / bitsEach;
        ctx.Charge(count);
        var bytes = value.ToByteArray(isUnsigned: true);
        return string.Create(count, (bytes, bitsEach, upper), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var digit = 0;
                for (var bit = 0; bit < state.bitsEach; bit++)
                {
                    var position = (i * state.bitsEach) + bit;
                    digit |= position / 8 < state.bytes.Length ? ((state.bytes[position / 8] >> (position % 8)) & 1) << bit : 0;
                }

                span[^(i + 1)] = (state.upper ? "0123456789ABCDEF" : "0123456789abcdef")[digit];
            }
        });
    }

    public static void FormatFloat(PyContext ctx, double value, FormatSpec spec, ByteBuffer buffer, string typeName)
    {
        var type = spec.Type;
        if (type is not ('\0' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'n' or '%'))
        {
            throw UnknownCode(ctx, type, typeName);
        }

        var negative = double.IsNegative(value) && !double.IsNaN(value);
        var body = FloatText.Of(ctx, Math.Abs(value), type, spec.Precision, spec.Alternate);
        if (negative && spec.NoNegativeZero && body.AsSpan().IndexOfAnyInRange('1', '9') < 0 && double.IsFinite(value))
        {
            negative = false;
        }

        var split = 0;
        while (split < body.Length && char.IsAsciiDigit(body[split]))
        {
            split++;
        }

        if (!double.IsFinite(value))
        {
            // "inf" and "nan" are never grouped, and zeros in front are as wide as asked.
            spec.Grouping = '\0';
        }

        PadNumber(buffer, negative, "", body[..split], body[split..], spec, 3);
    }

    private static void PadNumber(ByteBuffer buffer, bool negative, string prefix, string digits, string rest, FormatSpec spec, int group)
    {
        var sign = negative ? "-" : spec.Sign is '+' or ' ' ? spec.Sign.ToString() : "";
        var zeroPad = spec.Align == '=' && spec.Fill == "0";
        if (spec.Grouping != '\0')
        {
            digits = Group(digits, spec.Grouping, group, zeroPad ? spec.Width - sign.Length - prefix.Length - rest.Length : 0);
        }

        var align = spec.Align == '\0' ? '>' : spec.Align;
        if (align != '=')
        {
            var whole = Encoding.ASCII.GetBytes(sign + prefix + digits + rest);
            Pad(buffer, whole, whole.Length, spec, align);
            return;
        }

        buffer.Append(Encoding.ASCII.GetBytes(sign + prefix));
        Repeat(buffer, spec.Fill, spec.Width - sign.Length - prefix.Length - digits.Length - rest.Length);
        buffer.Append(Encoding.ASCII.GetBytes(digits + rest));
    }

    private static string Group(string digits, char separator, int size, int width)
    {
        var made = new StringBuilder();
        var taken = 0;
        for (var i = digits.Length - 1; i >= 0 || made.Length < width; i--)
        {
            if (taken > 0 && taken % size == 0)
            {
                made.Insert(0, separator);
                if (i < 0 && made.Length >= width)
                {
                    made.Insert(0, '0');
                    break;
                }
            }

            made.Insert(0, i >= 0 ? digits[i] : '0');
            taken++;
        }

        return made.ToString();
    }

    public static void Pad(ByteBuffer buffer, ReadOnlySpan<byte> text, int count, FormatSpec spec, char align)
    {
        var missing = Math.Max(0, spec.Width - count);
        var left = align == '>' ? missing : align == '^' ? missing / 2 : 0;
        Repeat(buffer, spec.Fill, left);
        buffer.Append(text);
        Repeat(buffer, spec.Fill, missing - left);
    }

    private static void Repeat(ByteBuffer buffer, string fill, int times)
    {
        if (times <= 0)
        {
            return;
        }

        var bytes = Utf8.GetBytes(fill);
        for (var i = 0; i < times; i++)
        {
            buffer.Append(bytes);
        }
    }

    private static PyError UnknownCode(PyContext ctx, char code, string typeName)
        => ctx.ValueError(string.Create(CultureInfo.InvariantCulture, $"Unknown format code '{code}' for object of type '{typeName}'"));
}
