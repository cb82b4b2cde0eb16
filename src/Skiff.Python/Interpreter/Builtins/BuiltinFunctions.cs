using System.Numerics;
using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>The builtin functions that work on values: numbers, texts, sequences.</summary>
internal static class BuiltinFunctions
{
    public static readonly PyBuiltin[] All =
    [
        new("len", "/,obj", Len),
        new("repr", "/,obj", (ctx, _, args) => Text.Repr(ctx, args[0])),
        new("ascii", "/,obj", (ctx, _, args) => Text.Ascii(ctx, args[0])),
        new("format", "/,value,format_spec?", Format),
        new("ord", "/,c", Ord),
        new("chr", "/,i", (ctx, _, args) => Character(ctx, args[0], "chr() arg not in range(0x110000)")),
        new("abs", "/,x", Abs),
        new("round", "number,ndigits?", Round),
        new("divmod", "/,x,y", (ctx, _, args) => new PyTuple([Operators.Apply(ctx, BinaryOp.FloorDiv, args[0], args[1]), Operators.Apply(ctx, BinaryOp.Mod, args[0], args[1])])),
        new("pow", "base,exp,mod?", Pow),
        new("hash", "/,obj", (ctx, _, args) => PyValue.Of((long)PyHash.Of(ctx, args[0], ""))),
        new("bin", "/,number", (ctx, _, args) => Radix(ctx, args[0], 2, "0b")),
        new("oct", "/,number", (ctx, _, args) => Radix(ctx, args[0], 8, "0o")),
        new("hex", "/,number", (ctx, _, args) => Radix(ctx, args[0], 16, "0x")),
        new("callable", "/,obj", (_, _, args) => PyValue.Of(args[0].Kind is PyKind.Function or PyKind.Builtin or PyKind.BoundMethod or PyKind.Type or PyKind.Partial)),
        new("isinstance", "/,obj,class_or_tuple", (ctx, _, args) => PyValue.Of(Types.IsInstance(ctx, args[0], args[1]))),
        new("issubclass", "/,cls,class_or_tuple", (ctx, _, args) => PyValue.Of(Types.IsSubclass(ctx, args[0], args[1]))),
        new("print", "*,sep?,end?,file?,flush?,*args", (_, _, _) => PyValue.None),
        new("id", "/,obj", (_, _, args) => PyValue.Of(args[0].Bits + System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(args[0].Obj))),
    ];

    public static PyStr Character(PyContext ctx, PyValue value, string outside)
    {
        if (!Numbers.IsInteger(value))
        {
            throw ctx.TypeError($"'{TypeNames.Of(value)}' object cannot be interpreted as an integer");
        }

        var code = Numbers.ToIndex(ctx, value);
        if (code is < 0 or > 0x10FFFF)
        {
            throw value.Obj is PyBigInt && !outside.StartsWith('%')
                ? ctx.Error(PyExceptionType.OverflowError, "Python int too large to convert to C int")
                : outside.StartsWith('%') ? ctx.Error(PyExceptionType.OverflowError, outside) : ctx.ValueError(outside);
        }

        Span<byte> bytes = stackalloc byte[4];
        return ctx.NewStr(bytes[..Utf8.Encode((int)code, bytes)], 1);
    }

    public static PyValue Truncate(PyContext ctx, double value)
    {
        if (double.IsNaN(value))
        {
            throw ctx.ValueError("cannot convert float NaN to integer");
        }

        return double.IsInfinity(value)
            ? throw ctx.Error(PyExceptionType.OverflowError, "cannot convert float infinity to integer")
            : PyValue.Of(new BigInteger(Math.Truncate(value)));
    }

    private static PyValue Len(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var length = Iteration.Length(args[0]);
        return length >= 0 ? PyValue.Of(length) : throw ctx.TypeError($"object of type '{TypeNames.Of(args[0])}' has no len()");
    }

    private static PyValue Format(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var spec = args[1].IsUnbound ? "" : StrMethods.Expect(ctx, args[1], "format() argument 2 must be str").ToString();
        var buffer = ctx.RentBuffer();
        Formatter.Format(ctx, args[0], spec, buffer);
        return ctx.TakeStr(buffer);
    }

    private static PyValue Ord(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        switch (args[0].Obj)
        {
            case PyStr { Count: 1 } text:
                var at = 0;
                return PyValue.Of((long)Utf8.Decode(text.Span, ref at));
            case PyStr text:
                throw ctx.TypeError($"ord() expected a character, but string of length {text.Count} found");
            case PyBytes { Data.Length: 1 } bytes:
                return PyValue.Of((long)bytes.Data[0]);
            default:
                throw ctx.TypeError($"ord() expected string of length 1, but {TypeNames.Of(args[0])} found");
        }
    }

    private static PyValue Abs(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (args[0].IsFloat)
        {
            return PyValue.Of(Math.Abs(args[0].Double));
        }

        if (ArrayValues.IsTable(args[0]))
        {
            return ArrayOperators.Map(ctx, args[0], null, Math.Abs);
        }

        return Numbers.IsInteger(args[0])
            ? PyValue.Of(BigInteger.Abs(Numbers.Big(args[0])))
            : throw ctx.TypeError($"bad operand type for abs(): '{TypeNames.Of(args[0])}'");
    }

    private static PyValue Round(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var value = args[0];
        if (!Numbers.IsNumber(value))
        {
            throw ctx.TypeError($"type {TypeNames.Of(value)} doesn't define __round__ method");
        }

        if (value.IsFloat)
        {
            return args[1].IsMissing
                ? Truncate(ctx, Math.Round(value.Double, MidpointRounding.ToEven))
                : PyValue.Of(FloatText.Round(value.Double, Numbers.ToInt(ctx, args[1])));
        }

        var digits = args[1].IsMissing ? 0 : Numbers.ToInt(ctx, args[1]);
        if (digits >= 0)
        {
            return PyValue.Of(Numbers.Big(value));
        }

        Numbers.CheckBits(ctx, -(long)digits * 10 / 3);
        var unit = BigInteger.Pow(10, -digits);
        var quotient = BigInteger.DivRem(BigInteger.Abs(Numbers.Big(value)), unit, out var remainder);
        var twice = (remainder * 2).CompareTo(unit);
        quotient += twice > 0 || (twice == 0 && !quotient.IsEven) ? 1 : 0;
        return PyValue.Of(quotient * unit * Numbers.Big(value).Sign);
    }

    private static PyValue Pow(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        if (args[2].IsMissing)
        {
            return Operators.Apply(ctx, BinaryOp.Pow, args[0], args[1]);
        }

        if (!Numbers.IsInteger(args[0]) || !Numbers.IsInteger(args[1]) || !Numbers.IsInteger(args[2]))
        {
            throw ctx.TypeError("pow() 3rd argument not allowed unless all arguments are integers");
        }

        var modulus = Numbers.Big(args[2]);
        var exponent = Numbers.Big(args[1]);
        var number = Numbers.Big(args[0]);
        if (modulus.IsZero)
        {
            throw ctx.ValueError("pow() 3rd argument cannot be 0");
        }

        if (exponent.Sign < 0)
        {
            number = Arithmetic.Inverse(ctx, number, BigInteger.Abs(modulus));
            exponent = -exponent;
            if (number.IsZero && !BigInteger.Abs(modulus).IsOne)
            {
                throw ctx.ValueError("base is not invertible for the given modulus");
            }
        }

        ctx.Step((long)exponent.GetBitLength() * (1 + ((long)modulus.GetBitLength() * modulus.GetBitLength() >> 14)));
        var result = BigInteger.ModPow(number, exponent, modulus);
        return PyValue.Of(!result.IsZero && result.Sign != modulus.Sign ? result + modulus : result);
    }

    private static PyValue Radix(PyContext ctx, PyValue value, int radix, string prefix)
    {
        if (!Numbers.IsInteger(value))
        {
            throw ctx.TypeError($"'{TypeNames.Of(value)}' object cannot be interpreted as an integer");
        }

        var number = Numbers.Big(value);
        return ctx.NewStr((number.Sign < 0 ? "-" : "") + prefix + Formatter.Digits(ctx, BigInteger.Abs(number), radix, upper: false));
    }
}
