using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Skiff.Sklearn;

/// <summary>Exponentials of many numbers at once.</summary>
internal static partial class Kernels
{
    // Beyond it a result is subnormal, zero or infinite, which is left to the platform.
    private const double LargestExponent = 708;

    // Adding it leaves the nearest integer in the lowest bits: one and a half times 2 to the 52nd.
    private const double IntegerShift = 6755399441055744;

    // The logarithm of two in two parts; the first has so few bits that its multiples by an exponent are exact.
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;
    private const double LogTwoInverse = 1.44269504088896340736;

    /// <summary>Replaces each number by the exponential of its multiple.</summary>
    /// <remarks>
    /// Within two units in the last place of what <see cref="Math.Exp"/> gives, in a fifth of its time with 256 bits and in half with 128. Every
    /// number goes through the same steps wherever it stands, so that equal ones stay equal.
    /// </remarks>
    /// <param name="values">The numbers.</param>
    /// <param name="factor">What they are multiplied by before.</param>
    public static void Exponentials(Span<double> values, double factor = 1)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (var v = 0; v < vectors.Length; v++)
        {
            vectors[v] = Exponential(factor * vectors[v]);
        }

        var rest = values[(vectors.Length * Vector<double>.Count)..];
        if (rest.Length > 0)
        {
            Span<double> last = stackalloc double[Vector<double>.Count];
            last.Clear();
            rest.CopyTo(last);
            Exponential(factor * new Vector<double>(last)).CopyTo(last);
            last[..rest.Length].CopyTo(rest);
        }
    }

    // Two to the nearest integer of x / log 2, times the exponential of what is left, at most half of log 2, by its series up to the 13th power.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Exponential(Vector<double> x)
    {
        var shifted = MultiplyAdd(x, new Vector<double>(LogTwoInverse), new Vector<double>(IntegerShift));
        var power = Vector.ShiftLeft(Vector.AsVectorInt64(shifted), 52);
        var integer = shifted - new Vector<double>(IntegerShift);
        var rest = x - (integer * new Vector<double>(LogTwoHigh)) - (integer * new Vector<double>(LogTwoLow));
        var square = rest * rest;
        var low = MultiplyAdd(square, Pair(rest, 1 / 24.0, 1 / 120.0), Pair(rest, 1 / 2.0, 1 / 6.0));
        var middle = MultiplyAdd(square, Pair(rest, 1 / 40320.0, 1 / 362880.0), Pair(rest, 1 / 720.0, 1 / 5040.0));
        var high = MultiplyAdd(square, Pair(rest, 1 / 479001600.0, 1 / 6227020800.0), Pair(rest, 1 / 3628800.0, 1 / 39916800.0));
        var fourth = square * square;
        var series = MultiplyAdd(fourth, MultiplyAdd(fourth, high, middle), low);
        var mantissa = Vector<double>.One + MultiplyAdd(square, series, rest);
        var y = Vector.AsVectorDouble(Vector.AsVectorInt64(mantissa) + power);
        return Vector.LessThanAll(Vector.Abs(x), new Vector<double>(LargestExponent)) ? y : WithExtremes(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Pair(Vector<double> x, double constant, double slope) => MultiplyAdd(x, new Vector<double>(slope), new Vector<double>(constant));

    // NaN is one of them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<double> WithExtremes(Vector<double> x, Vector<double> y)
    {
        for (var i = 0; i < Vector<double>.Count; i++)
        {
            if (!(Math.Abs(x[i]) < LargestExponent))
            {
                y = y.WithElement(i, Math.Exp(x[i]));
            }
        }

        return y;
    }
}
