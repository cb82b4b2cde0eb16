using System.Numerics;
using System.Text;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary><c>"..." % values</c>.</summary>
internal static class PercentFormat
{
    public static PyValue Apply(PyContext ctx, PyStr format, PyValue values)
    {
        var run = new Run(ctx, values);
        var buffer = ctx.RentBuffer();
        var span = format.Span;
        for (var at = 0; at < span.Length;)
        {
            var stop = span[at..].IndexOf((byte)'%');
            if (stop < 0)
            {
                buffer.Append(span[at..]);
                break;
            }

            buffer.Append(span.Slice(at, stop));
            at += stop + 1;
            at = run.Field(span, at, buffer);
        }

        run.Finish();
        return ctx.TakeStr(buffer);
    }

    private ref struct Run(PyContext ctx, PyValue values)
    {
        private readonly PyTuple? _tuple = values.Obj as PyTuple;
        private int _next;
        private bool _keyed;

        public int Field(ReadOnlySpan<byte> format, int at, ByteBuffer buffer)
        {
            PyValue? keyed = null;
            if (at < format.Length && format[at] == (byte)'(')
            {
                keyed = Keyed(format, ref at);
            }

            var spec = new FormatSpec { Fill = " ", Precision = -1, Align = '>' };
            var left = false;
            var zero = false;
            for (; at < format.Length; at++)
            {
                var flag = format[at];
                if (flag == (byte)'-')
                {
                    left = true;
                }
                else if (flag == (byte)'0')
                {
                    zero = true;
                }
                else if (flag == (byte)'#')
                {
                    spec.Alternate = true;
                }
                else if (flag is (byte)'+' or (byte)' ')
                {
                    spec.Sign = spec.Sign == '+' ? '+' : (char)flag;
                }
                else
                {
                    break;
                }
            }

            spec.Width = Number(format, ref at);
            if (spec.Width < 0)
            {
                left = true;
                spec.Width = -spec.Width;
            }

            if (at < format.Length && format[at] == (byte)'.')
            {
                at++;
                spec.Precision = Math.Max(0, Number(format, ref at));
            }

            while (at < format.Length && format[at] is (byte)'l' or (byte)'h' or (byte)'L')
            {
                at++;
            }

            if (at >= format.Length)
            {
                throw ctx.ValueError("incomplete format");
            }

            ctx.Charge(spec.Width);
            var code = (char)format[at++];
            if (code == '%')
            {
                buffer.Append((byte)'%');
                return at;
            }

            Convert(code, keyed ?? Next(), spec, left, zero, buffer, at - 1);
            return at;
        }

        public readonly void Finish()
        {
            var given = _tuple?.Items.Length ?? 1;
            if (!_keyed && _next < given && values.Kind is not (PyKind.Dict or PyKind.List) && !(values.Kind == PyKind.Column))
            {
                throw ctx.TypeError("not all arguments converted during string formatting");
            }
        }

        private readonly void Convert(char code, PyValue value, FormatSpec spec, bool left, bool zero, ByteBuffer buffer, int position)
        {
            spec.Align = left ? '<' : '>';
            switch (code)
            {
                case 's' or 'r' or 'a':
                    var text = (PyStr)(code == 's' ? Text.Str(ctx, value) : code == 'r' ? Text.Repr(ctx, value) : Text.Ascii(ctx, value)).Obj!;
                    Padded(text, spec, buffer);
                    return;
                case 'c':
                    Padded(Character(value), spec, buffer);
                    return;
                case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                    Integer(code, value, spec, left, zero, buffer);
                    return;
                case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                    if (!Numbers.IsNumber(value))
                    {
                        throw ctx.TypeError($"must be real number, not {TypeNames.Of(value)}");
                    }

                    spec.Type = code;
                    spec.Fill = zero && !left ? "0" : " ";
                    spec.Align = zero && !left ? '=' : spec.Align;
                    Formatter.FormatFloat(ctx, Numbers.ToDouble(ctx, value), spec, buffer, "float");
                    return;
                default:
                    throw ctx.ValueError($"unsupported format character '{code}' (0x{(int)code:x}) at index {position}");
            }
        }

        private static void Padded(PyStr text, FormatSpec spec, ByteBuffer buffer)
        {
            var count = spec.Precision >= 0 ? Math.Min(spec.Precision, text.Count) : text.Count;
            Formatter.Pad(buffer, text.Span[..text.ByteOf(count)], count, spec, spec.Align);
        }

        private readonly PyStr Character(PyValue value)
        {
            if (value.Obj is PyStr { Count: 1 } single)
            {
                return single;
            }

            if (!Numbers.IsInteger(value))
            {
                throw ctx.TypeError(value.Obj is PyStr other
                    ? $"%c requires an int or a unicode character, not a string of length {other.Count}"
                    : $"%c requires an int or a unicode character, not {TypeNames.Of(value)}");
            }

            return BuiltinFunctions.Character(ctx, value, "%c arg not in range(0x110000)");
        }

        private readonly void Integer(char code, PyValue value, FormatSpec spec, bool left, bool zero, ByteBuffer buffer)
        {
            if (value.IsFloat && code is 'd' or 'i' or 'u' && value.IsFloat)
            {
                value = BuiltinFunctions.Truncate(ctx, value.Double);
            }

            if (!Numbers.IsInteger(value))
            {
                throw ctx.TypeError(code is 'd' or 'i' or 'u'
                    ? $"%{code} format: a real number is required, not {TypeNames.Of(value)}"
                    : $"%{code} format: an integer is required, not {TypeNames.Of(value)}");
            }

            var number = Numbers.Big(value);
            var radix = code is 'x' or 'X' ? 16 : code == 'o' ? 8 : 10;
            var digits = Formatter.Digits(ctx, BigInteger.Abs(number), radix, code == 'X');
            if (spec.Precision > digits.Length)
            {
                ctx.Charge(spec.Precision);
                digits = digits.PadLeft(spec.Precision, '0');
            }

            var sign = number.Sign < 0 ? "-" : spec.Sign is '+' or ' ' ? spec.Sign.ToString() : "";
            var prefix = spec.Alternate && radix != 10 ? "0" + code : "";
            if (zero && !left)
            {
                digits = digits.PadLeft(Math.Max(0, spec.Width - sign.Length - prefix.Length), '0');
            }

            var text = Encoding.ASCII.GetBytes(sign + prefix + digits);
            Formatter.Pad(buffer, text, text.Length, spec, spec.Align);
        }

        private PyValue Keyed(ReadOnlySpan<byte> format, ref int at)
        {
            if (values.Obj is not PyDict dict)
            {
                throw ctx.TypeError("format requires a mapping");
            }

            var end = format[at..].IndexOf((byte)')');
            if (end < 0)
            {
                throw ctx.ValueError("incomplete format key");
            }

            var key = ctx.NewStr(format[(at + 1)..(at + end)]);
            at += end + 1;
            _keyed = true;
            return Subscripts.Get(ctx, dict, key);
        }

        private PyValue Next()
        {
            if (_tuple is not null ? _next < _tuple.Items.Length : _next == 0)
            {
                var value = _tuple is null ? values : _tuple.Items[_next];
                _next++;
                return value;
            }

            throw ctx.TypeError("not enough arguments for format string");
        }

        private int Number(ReadOnlySpan<byte> format, ref int at)
        {
            if (at < format.Length && format[at] == (byte)'*')
            {
                at++;
                var given = Next();
                return given.IsIntegral ? Numbers.ToInt(ctx, given) : throw ctx.TypeError("* wants int");
            }

            var number = 0L;
            for (; at < format.Length && char.IsAsciiDigit((char)format[at]); at++)
            {
                number = Math.Min((number * 10) + format[at] - '0', int.MaxValue);
            }

            return (int)number;
        }
    }
}
