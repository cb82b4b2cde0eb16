using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Skiff.Sklearn;

/// <summary>Products and their sums: the one place that every estimator takes them from.</summary>
/// <remarks>
/// Written over <see cref="Vector{T}"/>, which is as wide as the machine where code is compiled while it runs, and as wide as what a native binary was
/// published for otherwise. Several sums side by side hide the latency of one; measured against one sum and <c>TensorPrimitives</c>, docs/performance.md.
/// </remarks>
internal static partial class Kernels
{
    /// <summary>
    /// Whether one instruction multiplies and adds. Where none does, as in a native binary that is to run on any x64 processor, doing without rounding
    /// between costs twenty to a hundred times as much, and nothing depends on it but the last digit.
    /// </summary>
    private static bool IsFused
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.Arm64.IsSupported;
    }

    /// <summary>
    /// A product added to a sum, without rounding between where the processor can; the same in a lane as for one number, so that equal rows have equal
    /// sums wherever they stand. For distances by way of products and for series; sums that scikit-learn divides by next to nothing round each product.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double x, double y, double sum) => IsFused ? Math.FusedMultiplyAdd(x, y, sum) : sum + (x * y);

    /// <summary>Products added to sums, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> MultiplyAdd(Vector<double> x, Vector<double> y, Vector<double> sum) => IsFused ? Vector.FusedMultiplyAdd(x, y, sum) : sum + (x * y);

    /// <summary>The sum of products.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var x = MemoryMarshal.Cast<double, Vector<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector<double>>(b)[..x.Length];
        var (s0, s1, s2, s3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var v = 0;
        for (; v < x.Length - 3; v += 4)
        {
            s0 += x[v] * y[v];
            s1 += x[v + 1] * y[v + 1];
            s2 += x[v + 2] * y[v + 2];
            s3 += x[v + 3] * y[v + 3];
        }

        for (; v < x.Length; v++)
        {
            s0 += x[v] * y[v];
        }

        var sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (var i = x.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row to sums.</summary>
    /// <param name="factor">The multiple.</param>
    /// <param name="row">The row, as long as the sums or longer.</param>
    /// <param name="sums">What it is added to.</param>
    public static void AddScaled(double factor, ReadOnlySpan<double> row, Span<double> sums)
    {
        row = row[..sums.Length];
        var to = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var from = MemoryMarshal.Cast<double, Vector<double>>(row)[..to.Length];
        var factors = new Vector<double>(factor);
        for (var v = 0; v < to.Length; v++)
        {
            to[v] += factors * from[v];
        }

        for (var i = to.Length * Vector<double>.Count; i < sums.Length; i++)
        {
            sums[i] += factor * row[i];
        }
    }
}
