using System.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>Arithmetic as CPython's <c>longobject.c</c> and <c>floatobject.c</c> do it: floors round down, remainders take the divisor's sign.</summary>
internal static class Arithmetic
{
    public static PyValue Apply(PyContext ctx, BinaryOp op, PyValue a, PyValue b)
    {
        if (a.IsFloat || b.IsFloat)
        {
            return OfDoubles(ctx, op, a, b);
        }

        if (a.IsIntegral && b.IsIntegral && TrySmall(op, a, b, out var result))
        {
            return result;
        }

        return OfBig(ctx, op, a, b);
    }

    private static bool TrySmall(BinaryOp op, PyValue a, PyValue b, out PyValue result)
    {
        var x = a.Bits;
        var y = b.Bits;
        result = default;
        switch (op)
        {
            case BinaryOp.Add when !Wide((Int128)x + y, out var sum):
                result = PyValue.Of(sum);
                return true;
            case BinaryOp.Sub when !Wide((Int128)x - y, out var difference):
                result = PyValue.Of(difference);
                return true;
            case BinaryOp.Mul when !Wide((Int128)x * y, out var product):
                result = PyValue.Of(product);
                return true;
            case BinaryOp.FloorDiv or BinaryOp.Mod when y != 0 && x != long.MinValue:
                var quotient = x / y;
                var remainder = x % y;
                if (remainder != 0 && (remainder < 0) != (y < 0))
                {
                    quotient--;
                    remainder += y;
                }

                result = PyValue.Of(op == BinaryOp.Mod ? remainder : quotient);
                return true;
            case BinaryOp.TrueDiv when y != 0 && Math.Abs((double)x) < 1L << 53 && Math.Abs((double)y) < 1L << 53:
                result = PyValue.Of((double)x / y);
                return true;
            case BinaryOp.BitAnd or BinaryOp.BitOr or BinaryOp.BitXor:
                var bits = op == BinaryOp.BitAnd ? x & y : op == BinaryOp.BitOr ? x | y : x ^ y;
                result = a.IsBool && b.IsBool ? PyValue.Of(bits != 0) : PyValue.Of(bits);
                return true;
            default:
                return false;
        }
    }

    private static bool Wide(Int128 value, out long narrow)
    {
        narrow = unchecked((long)value);
        return narrow != value;
    }

    private static PyValue OfDoubles(PyContext ctx, BinaryOp op, PyValue left, PyValue right)
    {
        if (op >= BinaryOp.BitAnd)
        {
            throw Operators.Unsupported(ctx, op, left, right);
        }

        var a = Numbers.ToDouble(ctx, left);
        var b = Numbers.ToDouble(ctx, right);
        switch (op)
        {
            case BinaryOp.Add:
                return PyValue.Of(a + b);
            case BinaryOp.Sub:
                return PyValue.Of(a - b);
            case BinaryOp.Mul:
                return PyValue.Of(a * b);
            case BinaryOp.TrueDiv:
                return b == 0 ? throw DivisionByZero(ctx, "division by zero") : PyValue.Of(a / b);
            case BinaryOp.FloorDiv:
                return b == 0 ? throw DivisionByZero(ctx, "division by zero") : PyValue.Of(FloorDivide(a, b));
            case BinaryOp.Mod:
                return b == 0 ? throw DivisionByZero(ctx, "division by zero") : PyValue.Of(Modulo(a, b));
            default:
                return Power(ctx, a, b);
        }
    }

    public static double Modulo(double a, double b)
    {
        var remainder = a % b;
        if (remainder != 0)
        {
            return (b < 0) != (remainder < 0) ? remainder + b : remainder;
        }

        return Math.CopySign(0.0, b);
    }

    public static double FloorDivide(double a, double b)
    {
        var remainder = a % b;
        var quotient = (a - remainder) / b;
        if (remainder != 0 && (b < 0) != (remainder < 0))
        {
            quotient -= 1;
        }

        if (quotient == 0)
        {
            return Math.CopySign(0.0, a / b);
        }

        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static PyValue Power(PyContext ctx, double a, double b)
    {
        if (a == 0 && b < 0)
        {
            throw DivisionByZero(ctx, "zero to a negative power");
        }

        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && b != Math.Floor(b))
        {
            throw ctx.ValueError("complex numbers are not supported");
        }

        var result = a == 1 || b == 0 ? 1 : Math.Pow(a, b);
        return double.IsInfinity(result) && double.IsFinite(a) && double.IsFinite(b)
            ? throw ctx.Error(PyExceptionType.OverflowError, "(34, 'Numerical result out of range')")
            : PyValue.Of(result);
    }

    private static PyValue OfBig(PyContext ctx, BinaryOp op, PyValue left, PyValue right)
    {
        var a = Numbers.Big(left);
        var b = Numbers.Big(right);
        var bits = (long)Math.Max(a.GetBitLength(), b.GetBitLength());
        switch (op)
        {
            case BinaryOp.Add:
                Numbers.CheckBits(ctx, bits + 1);
                return PyValue.Of(a + b);
            case BinaryOp.Sub:
                Numbers.CheckBits(ctx, bits + 1);
                return PyValue.Of(a - b);
            case BinaryOp.Mul:
                Numbers.CheckBits(ctx, (long)a.GetBitLength() + b.GetBitLength());
                ctx.Step((long)a.GetBitLength() * b.GetBitLength() >> 16);
                return PyValue.Of(a * b);
            case BinaryOp.TrueDiv:
                return TrueDivide(ctx, a, b);
            case BinaryOp.FloorDiv or BinaryOp.Mod:
                return FloorDivide(ctx, op, a, b);
            case BinaryOp.Pow:
                return Power(ctx, a, b);
            case BinaryOp.LeftShift or BinaryOp.RightShift:
                return Shift(ctx, op, a, b);
            case BinaryOp.BitAnd:
                return PyValue.Of(a & b);
            case BinaryOp.BitOr:
                return PyValue.Of(a | b);
            default:
                return PyValue.Of(a ^ b);
        }
    }

    private static PyValue FloorDivide(PyContext ctx, BinaryOp op, BigInteger a, BigInteger b)
    {
        if (b.IsZero)
        {
            throw DivisionByZero(ctx, "division by zero");
        }

        ctx.Step((long)a.GetBitLength() * b.GetBitLength() >> 16);
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        if (!remainder.IsZero && remainder.Sign < 0 != b.Sign < 0)
        {
            quotient--;
            remainder += b;
        }

        return PyValue.Of(op == BinaryOp.Mod ? remainder : quotient);
    }

    /// <summary>The inverse of a number to a modulus, by Euclid; zero where there is none.</summary>
    public static BigInteger Inverse(PyContext ctx, BigInteger value, BigInteger modulus)
    {
        var (a, b, x, y) = (((value % modulus) + modulus) % modulus, modulus, BigInteger.One, BigInteger.Zero);
        while (a > 1)
        {
            ctx.Step(1 + ((long)b.GetBitLength() >> 6));
            if (b.IsZero)
            {
                return BigInteger.Zero;
            }

            var quotient = BigInteger.DivRem(a, b, out var remainder);
            (a, b, x, y) = (b, remainder, y, x - (quotient * y));
        }

        return a.IsOne ? ((x % modulus) + modulus) % modulus : BigInteger.Zero;
    }

    private static PyValue TrueDivide(PyContext ctx, BigInteger a, BigInteger b)
    {
        if (b.IsZero)
        {
            throw DivisionByZero(ctx, "division by zero");
        }

        // Enough bits for a correctly rounded quotient: 66 and a sticky bit.
        var shift = 66 - (int)((long)a.GetBitLength() - (long)b.GetBitLength());
        var scaled = shift >= 0 ? BigInteger.Abs(a) << shift : BigInteger.Abs(a);
        var divisor = shift >= 0 ? BigInteger.Abs(b) : BigInteger.Abs(b) << -shift;
        var quotient = BigInteger.DivRem(scaled, divisor, out var remainder);
        quotient = (quotient << 1) | (remainder.IsZero ? 0 : 1);
        var result = Math.ScaleB(Numbers.BigToDouble(quotient), -shift - 1);
        return double.IsInfinity(result)
            ? throw ctx.Error(PyExceptionType.OverflowError, "integer division result too large for a float")
            : PyValue.Of(a.Sign < 0 != b.Sign < 0 ? -result : result);
    }

    public static PyValue Power(PyContext ctx, BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
        {
            return a.IsZero
                ? throw DivisionByZero(ctx, "zero to a negative power")
                : Power(ctx, Numbers.BigToDouble(a), Numbers.BigToDouble(b));
        }

        if (a.IsZero || a.IsOne || a == BigInteger.MinusOne)
        {
            return PyValue.Of(b.IsZero ? BigInteger.One : a == BigInteger.MinusOne && b.IsEven ? BigInteger.One : a);
        }

        var bits = b > Numbers.MaximumBits ? long.MaxValue / 2 : (long)a.GetBitLength() * (long)b;
        Numbers.CheckBits(ctx, bits);
        ctx.Step(bits * bits >> 18);
        return PyValue.Of(BigInteger.Pow(a, (int)b));
    }

    private static PyValue Shift(PyContext ctx, BinaryOp op, BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
        {
            throw ctx.ValueError("negative shift count");
        }

        if (op == BinaryOp.RightShift)
        {
            return PyValue.Of(b > Numbers.MaximumBits ? (a.Sign < 0 ? -1 : 0) : a >> (int)b);
        }

        if (a.IsZero)
        {
            return PyValue.Of(0);
        }

        Numbers.CheckBits(ctx, b > Numbers.MaximumBits ? long.MaxValue / 2 : (long)a.GetBitLength() + (long)b);
        return PyValue.Of(a << (int)b);
    }

    public static PyError DivisionByZero(PyContext ctx, string message) => ctx.Error(PyExceptionType.ZeroDivisionError, message);
}
