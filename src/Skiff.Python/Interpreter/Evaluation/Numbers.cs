using System.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>int, bool and float, and what happens between them.</summary>
internal static class Numbers
{
    /// <summary>The widest int, in bits: some 20,000 digits.</summary>
    public const int MaximumBits = 1 << 16;

    public static bool IsNumber(PyValue value) => value.Kind is PyKind.Int or PyKind.Bool or PyKind.Float or PyKind.BigInt;

    public static bool IsInteger(PyValue value) => value.Kind is PyKind.Int or PyKind.Bool or PyKind.BigInt;

    public static bool IsNan(PyValue value) => value.IsFloat && double.IsNaN(value.Double);

    public static BigInteger Big(PyValue value) => value.Obj is PyBigInt big ? big.Value : value.Bits;

    public static double ToDouble(PyContext ctx, PyValue value)
    {
        if (value.IsFloat)
        {
            return value.Double;
        }

        if (value.Obj is not PyBigInt big)
        {
            return value.Bits;
        }

        var number = BigToDouble(big.Value);
        return double.IsInfinity(number) ? throw ctx.Error(PyExceptionType.OverflowError, "int too large to convert to float") : number;
    }

    /// <summary>The nearest double, ties to even; infinite where too large.</summary>
    public static double BigToDouble(BigInteger value)
    {
        var magnitude = BigInteger.Abs(value);
        var bits = (int)magnitude.GetBitLength();
        if (bits <= 53)
        {
            return (double)value;
        }

        var shift = bits - 54;
        var top = magnitude >> shift;
        var sticky = (top << shift) != magnitude;
        var mantissa = (ulong)top;
        var half = (mantissa & 1) != 0;
        mantissa >>= 1;
        if (half && (sticky || (mantissa & 1) != 0))
        {
            mantissa++;
        }

        var result = Math.ScaleB((double)mantissa, shift + 1);
        return value.Sign < 0 ? -result : result;
    }

    /// <summary>Compares two numbers by their exact values; a NaN is greater than nothing and equal to nothing (answers 2).</summary>
    public static int Compare(PyValue a, PyValue b)
    {
        if (a.IsIntegral && b.IsIntegral)
        {
            return a.Bits.CompareTo(b.Bits);
        }

        if (!a.IsFloat && !b.IsFloat)
        {
            return Big(a).CompareTo(Big(b));
        }

        if (a.IsFloat && b.IsFloat)
        {
            return double.IsNaN(a.Double) || double.IsNaN(b.Double) ? 2 : a.Double.CompareTo(b.Double);
        }

        return a.IsFloat ? CompareMixed(a.Double, b) : Flip(CompareMixed(b.Double, a));
    }

    private static int Flip(int order) => order == 2 ? 2 : -order;

    private static int CompareMixed(double a, PyValue integer)
    {
        if (double.IsNaN(a))
        {
            return 2;
        }

        if (double.IsInfinity(a))
        {
            return a > 0 ? 1 : -1;
        }

        var whole = Math.Floor(a);
        var order = new BigInteger(whole).CompareTo(Big(integer));
        return order == 0 && a > whole ? 1 : order;
    }

    /// <summary>An int for an index or a count; TypeError for anything else.</summary>
    public static long ToIndex(PyContext ctx, PyValue value)
    {
        if (value.IsIntegral)
        {
            return value.Bits;
        }

        if (value.Obj is PyBigInt big)
        {
            return big.Value.Sign < 0 ? long.MinValue : long.MaxValue;
        }

        throw ctx.TypeError($"'{TypeNames.Of(value)}' object cannot be interpreted as an integer");
    }

    public static int ToInt(PyContext ctx, PyValue value)
        => (int)Math.Clamp(ToIndex(ctx, value), int.MinValue, int.MaxValue);

    /// <summary>Checks the size of an int before it is made.</summary>
    public static void CheckBits(PyContext ctx, long bits)
    {
        if (bits > MaximumBits)
        {
            throw new PyBudgetException($"line {ctx.Line}: an int of more than {MaximumBits} bits");
        }

        ctx.Charge(bits >> 3);
        ctx.Step(bits >> 8);
    }
}
