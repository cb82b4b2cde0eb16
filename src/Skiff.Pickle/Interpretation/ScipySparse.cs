using System.Diagnostics.CodeAnalysis;
using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>
/// scipy's sparse matrices and arrays (<c>csr</c>, <c>csc</c>, <c>coo</c>), which stay records in the graph: their attributes as
/// <c>scipy/sparse/_compressed.py</c> and <c>_coo.py</c> keep them, under every module name they had.
/// </summary>
public static class ScipySparse
{
    /// <summary>Rows without values cost a file nothing but in <c>csr</c>; so many of them are believed of the other formats.</summary>
    private const int MostEmptyRows = 1 << 20;

    /// <summary>Whether a value of a graph is a sparse matrix that <see cref="TryReadCsr"/> may read.</summary>
    public static bool IsSparse(object? value) => FormatOf(value) is not null;

    /// <summary>Reads a sparse matrix of real numbers as compressed sparse rows.</summary>
    /// <param name="value">A value of a graph.</param>
    /// <param name="matrix">
    /// The matrix. Values of one row and column may come more than once, as in scipy, and then add up; columns need not be in order.
    /// </param>
    /// <param name="problem">Why there is none: what the value is instead, or what is wrong with it.</param>
    /// <returns>Whether the value is a sparse matrix whose parts fit each other.</returns>
    public static bool TryReadCsr(object? value, [NotNullWhen(true)] out Csr? matrix, [NotNullWhen(false)] out string? problem)
    {
        matrix = null;
        if (FormatOf(value) is not { } format)
        {
            problem = $"{value ?? "None"} is no sparse matrix in csr, csc or coo format";
            return false;
        }

        var attributes = ((PyInstance)value!).Attributes;
        if (!TryReadShape(attributes, out var rows, out var columns)
            || !attributes.TryGetValue("data", out var data)
            || data is not NdArray { Rank: 1, IsNumeric: true } values)
        {
            problem = $"the {format} matrix has no shape or no values";
            return false;
        }

        matrix = format switch
        {
            "csr" => ReadCompressed(attributes, rows, columns, values),
            "csc" => ReadCompressed(attributes, columns, rows, values) is { } turned && IsTallEnough(rows, values) ? Transpose(turned) : null,
            _ => IsTallEnough(rows, values) ? ReadCoordinates(attributes, rows, columns, values) : null,
        };
        problem = matrix is null ? $"the {format} matrix of shape ({rows}, {columns}) has indices that do not lie in it" : null;
        return matrix is not null;
    }

    private static string? FormatOf(object? value)
    {
        if (value is not PyInstance { Type: { Module: var module, Name: var name } } || !module.StartsWith("scipy.sparse", StringComparison.Ordinal))
        {
            return null;
        }

        return name switch
        {
            "csr_matrix" or "csr_array" => "csr",
            "csc_matrix" or "csc_array" => "csc",
            "coo_matrix" or "coo_array" => "coo",
            _ => null,
        };
    }

    private static bool TryReadShape(PyDict attributes, out int rows, out int columns)
    {
        rows = columns = 0;
        if (!attributes.TryGetValue("_shape", out var value)
            || value is not PyTuple { Items: [long r, long c] }
            || r is < 0 or > int.MaxValue - 1
            || c is < 0 or > int.MaxValue - 1)
        {
            return false;
        }

        rows = (int)r;
        columns = (int)c;
        return true;
    }

    private static bool IsTallEnough(int rows, NdArray values) => rows <= MostEmptyRows + values.Size;

    private static Csr? ReadCompressed(PyDict attributes, int rows, int columns, NdArray values)
    {
        if (ReadIndices(attributes, "indptr") is not { } starts
            || ReadIndices(attributes, "indices") is not { } indices
            || starts.Length != rows + 1
            || starts[0] != 0
            || starts[^1] > Math.Min(indices.Length, values.Size))
        {
            return null;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            if (starts[i] < starts[i - 1])
            {
                return null;
            }
        }

        // scipy leaves room behind the last value in matrices that were cut down; it is no part of the matrix.
        var count = starts[^1];
        var used = indices.Length == count ? indices : indices[..count];
        var doubles = values.ToDoubles();
        return AreWithin(used, columns) ? new Csr(rows, columns, starts, used, doubles.Length == count ? doubles : doubles[..count]) : null;
    }

    private static Csr? ReadCoordinates(PyDict attributes, int rows, int columns, NdArray values)
    {
        var row = ReadIndices(attributes, "row");
        var column = ReadIndices(attributes, "col");
        if (attributes.TryGetValue("coords", out var coords) && coords is PyTuple { Items: [NdArray r, NdArray c] })
        {
            (row, column) = (ToIndices(r), ToIndices(c));
        }

        if (row is null || column is null || row.Length != values.Size || column.Length != values.Size || !AreWithin(row, rows) || !AreWithin(column, columns))
        {
            return null;
        }

        return Sort(rows, columns, row, column, values.ToDoubles());
    }

    private static Csr Transpose(Csr matrix)
    {
        var outer = new int[matrix.ColumnIndices.Length];
        for (var i = 0; i < matrix.Rows; i++)
        {
            outer.AsSpan(matrix.RowStarts[i]..matrix.RowStarts[i + 1]).Fill(i);
        }

        return Sort(matrix.Columns, matrix.Rows, matrix.ColumnIndices, outer, matrix.Values);
    }

    /// <summary>Puts values in the order of their rows, keeping their order within a row.</summary>
    private static Csr Sort(int rows, int columns, int[] row, int[] column, double[] values)
    {
        var starts = new int[rows + 1];
        foreach (var r in row)
        {
            starts[r + 1]++;
        }

        for (var i = 0; i < rows; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts[..rows];
        var sortedColumns = new int[row.Length];
        var sortedValues = new double[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var place = next[row[i]]++;
            sortedColumns[place] = column[i];
            sortedValues[place] = values[i];
        }

        return new Csr(rows, columns, starts, sortedColumns, sortedValues);
    }

    private static int[]? ReadIndices(PyDict attributes, string name) =>
        attributes.TryGetValue(name, out var value) && value is NdArray array ? ToIndices(array) : null;

    private static int[]? ToIndices(NdArray array)
    {
        if (array.Rank != 1 || array.Type.Kind is not (DTypeKind.Int32 or DTypeKind.Int64))
        {
            return null;
        }

        return array.Type.Kind == DTypeKind.Int64 && array.ToInt64s().AsSpan().ContainsAnyExceptInRange(0, int.MaxValue) ? null : array.ToInt32s();
    }

    /// <summary>Whether all indices lie below <paramref name="length"/>; of an empty range the span's own search would say that all do.</summary>
    private static bool AreWithin(int[] indices, int length) =>
        indices.Length == 0 || (length > 0 && !indices.AsSpan().ContainsAnyExceptInRange(0, length - 1));
}
