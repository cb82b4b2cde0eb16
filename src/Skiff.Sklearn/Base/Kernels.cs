using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The small arithmetic that families of estimators share.</summary>
internal static partial class Kernels
{
    /// <summary>The index of the highest value, of equal ones the first; NaN counts as highest, as in numpy.</summary>
    public static int ArgMax(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                return i;
            }

            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>The logistic function as scipy has it: zero, and not a subnormal number, below about -709.8, so that its logarithm is minus infinity.</summary>
    public static double Expit(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Replaces each number by its logistic function.</summary>
    public static void Expits(Span<double> values)
    {
        Exponentials(values, -1);
        foreach (ref var value in values)
        {
            value = 1 / (1 + value);
        }
    }

    /// <summary>Replaces each row by its softmax, shifted by the row's highest value as scikit-learn does.</summary>
    public static void Softmax(Span<double> row)
    {
        var highest = row[ArgMax(row)];
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Math.Exp(row[i] - highest);
            sum += row[i];
        }

        for (var i = 0; i < row.Length; i++)
        {
            row[i] /= sum;
        }
    }

    /// <summary>Divides a row by its sum; a row of zeros becomes uniform.</summary>
    public static void NormalizeToOne(Span<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
        }

        if (sum == 0)
        {
            row.Fill(1);
            sum = row.Length;
        }

        for (var i = 0; i < row.Length; i++)
        {
            row[i] /= sum;
        }
    }

    /// <summary>The logarithm of the sum of exponentials, shifted by the highest value.</summary>
    public static double LogSumExp(ReadOnlySpan<double> values)
    {
        var highest = values[ArgMax(values)];
        if (!double.IsFinite(highest))
        {
            highest = 0;
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - highest);
        }

        return Math.Log(sum) + highest;
    }

    /// <summary>The natural logarithm of every cell, in a block of its own.</summary>
    public static DenseBlock Log(DenseBlock x, Scratch scratch)
    {
        var y = scratch.Dense(x.Rows, x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var from = x.Row(row);
            var to = y.Row(row);
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = Math.Log(from[i]);
            }
        }

        return y;
    }

    /// <summary>Copies a block into a target of the same width, of either kind.</summary>
    public static void Copy(Block x, Block y)
    {
        switch (x, y)
        {
            case (DenseBlock from, DenseBlock to):
                for (var row = 0; row < from.Rows; row++)
                {
                    from.Row(row).CopyTo(to.Row(row));
                }

                break;
            case (CsrBlock from, CsrBlock to):
                for (var row = 0; row < from.Rows; row++)
                {
                    AppendRow(from, row, to, 0);
                    to.EndRow();
                }

                break;
            case (FrameBlock from, FrameBlock to):
                for (var column = 0; column < from.Columns; column++)
                {
                    to.Add(from[column]);
                }

                break;
            case (TextBlock from, TextBlock to):
                for (var row = 0; row < from.Rows; row++)
                {
                    if (from.IsMissing(row))
                    {
                        to.AppendMissing();
                    }
                    else
                    {
                        to.Append(from.Text(row));
                    }
                }

                break;
            default:
                throw new InvalidOperationException($"A {x.Kind} block cannot be copied into a {y.Kind} block.");
        }

        y.IsSingle = x.IsSingle;
    }

    /// <summary>Appends the cells of a row, shifted to the right, to the row that is being written.</summary>
    public static void AppendRow(CsrBlock x, int row, CsrBlock y, int shift)
    {
        var indices = x.Indices(row);
        y.AppendCells(indices.Length, out var columns, out var values);
        x.Values(row).CopyTo(values);
        for (var i = 0; i < indices.Length; i++)
        {
            columns[i] = indices[i] + shift;
        }
    }

    /// <summary>Refuses NaN and infinities, which scikit-learn's input checks refuse for most estimators.</summary>
    /// <exception cref="InputException">A cell is NaN or infinite.</exception>
    public static void RequireFinite(Block x, string estimator, bool allowNaN = false)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var values = x switch
            {
                DenseBlock dense => dense.Row(row),
                CsrBlock sparse => sparse.Values(row),
                _ => default,
            };
            for (var i = 0; i < values.Length; i++)
            {
                if (!double.IsFinite(values[i]) && !(allowNaN && double.IsNaN(values[i])))
                {
                    throw NotFinite(x, row, i, values[i], estimator);
                }
            }
        }
    }

    /// <summary>Refuses negative numbers, as scikit-learn does where counts or intensities are meant.</summary>
    /// <exception cref="InputException">A cell is negative.</exception>
    public static void RequireNotNegative(Block x, string estimator)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var sparse = x as CsrBlock;
            var values = sparse is null ? ((DenseBlock)x).Row(row) : sparse.Values(row);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] < 0)
                {
                    throw InputException.AtCell(row, sparse is null ? i : sparse.Indices(row)[i], $"{estimator} does not accept negative values");
                }
            }
        }
    }

    /// <summary>Refuses, once the model is read, to be fed with sparse rows, as scikit-learn does for estimators that take arrays only.</summary>
    /// <exception cref="ModelLoadException">The rows are sparse.</exception>
    public static void RequireDenseInput(BlockKind kind, string estimator)
    {
        if (kind == BlockKind.Csr)
        {
            throw new ModelLoadException($"{estimator} does not take sparse rows; the step before it gives them");
        }
    }

    private static InputException NotFinite(Block x, int row, int index, double value, string estimator)
    {
        var column = x is CsrBlock sparse ? sparse.Indices(row)[index] : index;
        return InputException.AtCell(row, column, double.IsNaN(value)
            ? $"{estimator} does not accept missing values (NaN); impute them before it"
            : $"{estimator} does not accept infinite values");
    }
}
