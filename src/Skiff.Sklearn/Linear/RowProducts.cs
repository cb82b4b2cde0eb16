using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// Rows times a matrix, with sums that stay in registers: of one row four vectors of outputs at a time, of four rows two. Each sum runs over the
/// features in order and rounds each product, so that an answer depends neither on what rows stand beside it nor on where its output stands, and what
/// a whitened projection divides by next to nothing is what scikit-learn divides.
/// </summary>
internal sealed class RowProducts
{
    /// <summary>How many rows share what is read of the matrix.</summary>
    private const int RowsAtOnce = 4;

    // Between two of Scratch.Step, so that it costs narrow matrices nothing.
    private const int RowsPerStep = 64;

    // What the last vectors read beyond the end, and drop.
    private static readonly int Padding = 4 * Vector<double>.Count;

    private readonly double[] _byFeature;
    private readonly double[] _starts;
    private readonly int _features;
    private readonly int _outputs;

    /// <param name="coefficients">One row an output, one column a feature.</param>
    /// <param name="starts">What the sums begin with, one an output.</param>
    public RowProducts(Matrix coefficients, double[] starts)
    {
        (_outputs, _features) = (coefficients.Rows, coefficients.Columns);
        _byFeature = new double[checked((_features * _outputs) + Padding)];
        _starts = new double[_outputs + Padding];
        starts.CopyTo(_starts, 0);
        for (var k = 0; k < _outputs; k++)
        {
            for (var j = 0; j < _features; j++)
            {
                _byFeature[(j * _outputs) + k] = coefficients.Values[(k * _features) + j];
            }
        }
    }

    /// <summary>The coefficients of a feature, one an output.</summary>
    public ReadOnlySpan<double> Feature(int feature) => _byFeature.AsSpan(feature * _outputs, _outputs);

    /// <summary>The sums of every row.</summary>
    /// <param name="x">Rows as wide as there are features.</param>
    /// <param name="y">As wide as there are outputs.</param>
    /// <param name="scratch">The memory of the call, which counts the work.</param>
    public void Fill(DenseBlock x, DenseBlock y, Scratch scratch)
    {
        for (var first = 0; first < x.Rows; first += RowsPerStep)
        {
            var end = Math.Min(first + RowsPerStep, x.Rows);
            scratch.Step((long)(end - first) * _features * _outputs);
            FillRows(x, y, first, end);
        }
    }

    private void FillRows(DenseBlock x, DenseBlock y, int row, int end)
    {
        for (; row <= end - RowsAtOnce; row += RowsAtOnce)
        {
            for (var output = 0; output < _outputs; output += 2 * Vector<double>.Count)
            {
                FillFour(x, y, row, output);
            }
        }

        for (; row < end; row++)
        {
            for (var output = 0; output < _outputs; output += 4 * Vector<double>.Count)
            {
                FillOne(x.Row(row), y.Row(row), output);
            }
        }
    }

    private void FillOne(ReadOnlySpan<double> x, Span<double> y, int output)
    {
        var (s0, s1, s2, s3) = (Load(_starts, output, 0), Load(_starts, output, 1), Load(_starts, output, 2), Load(_starts, output, 3));
        var place = output;
        foreach (var cell in x[.._features])
        {
            var factor = new Vector<double>(cell);
            s0 += factor * Load(_byFeature, place, 0);
            s1 += factor * Load(_byFeature, place, 1);
            s2 += factor * Load(_byFeature, place, 2);
            s3 += factor * Load(_byFeature, place, 3);
            place += _outputs;
        }

        Store(s0, y, output);
        Store(s1, y, output + Vector<double>.Count);
        Store(s2, y, output + (2 * Vector<double>.Count));
        Store(s3, y, output + (3 * Vector<double>.Count));
    }

    private void FillFour(DenseBlock x, DenseBlock y, int row, int output)
    {
        var x0 = x.Row(row)[.._features];
        var x1 = x.Row(row + 1)[..x0.Length];
        var x2 = x.Row(row + 2)[..x0.Length];
        var x3 = x.Row(row + 3)[..x0.Length];
        var (a0, a1) = (Load(_starts, output, 0), Load(_starts, output, 1));
        var (b0, b1, c0, c1, d0, d1) = (a0, a1, a0, a1, a0, a1);
        var place = output;
        for (var j = 0; j < x0.Length; j++)
        {
            var (p0, p1) = (Load(_byFeature, place, 0), Load(_byFeature, place, 1));
            var factor = new Vector<double>(x0[j]);
            (a0, a1) = (a0 + (factor * p0), a1 + (factor * p1));
            factor = new Vector<double>(x1[j]);
            (b0, b1) = (b0 + (factor * p0), b1 + (factor * p1));
            factor = new Vector<double>(x2[j]);
            (c0, c1) = (c0 + (factor * p0), c1 + (factor * p1));
            factor = new Vector<double>(x3[j]);
            (d0, d1) = (d0 + (factor * p0), d1 + (factor * p1));
            place += _outputs;
        }

        Store(a0, a1, y.Row(row), output);
        Store(b0, b1, y.Row(row + 1), output);
        Store(c0, c1, y.Row(row + 2), output);
        Store(d0, d1, y.Row(row + 3), output);
    }

    // Not checked against the end: the constructor padded both arrays by the four vectors that an output at most reads on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Load(double[] values, int place, int vector) =>
        Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)(place + (vector * Vector<double>.Count)));

    private static void Store(Vector<double> first, Vector<double> second, Span<double> y, int output)
    {
        Store(first, y, output);
        Store(second, y, output + Vector<double>.Count);
    }

    // Lanes beyond the last output are dropped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<double> sums, Span<double> y, int output)
    {
        if (output + Vector<double>.Count <= y.Length)
        {
            sums.CopyTo(y[output..]);
            return;
        }

        for (var k = output; k < y.Length; k++)
        {
            y[k] = sums[k - output];
        }
    }
}
