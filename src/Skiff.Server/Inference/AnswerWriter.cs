using System.Buffers;
using System.Buffers.Text;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>Writes a model's answers as JSON.</summary>
internal static class AnswerWriter
{
    private const int LongestInteger = 20;

    /// <summary>Appends one row: a value where the output has one dimension, else a list.</summary>
    internal static void AppendRow(ByteBuffer destination, in Result result, byte[][]? labels, int row)
    {
        if (result.Output.Columns == 0)
        {
            AppendCells(destination, result, labels, row);
            return;
        }

        destination.Append((byte)'[');
        AppendCells(destination, result, labels, row);
        destination.Append((byte)']');
    }

    /// <summary>Appends all rows as a list.</summary>
    internal static void AppendRows(ByteBuffer destination, in Result result, byte[][]? labels)
    {
        destination.Append((byte)'[');
        for (var row = 0; row < result.Rows; row++)
        {
            if (row > 0)
            {
                destination.Append((byte)',');
            }

            AppendRow(destination, result, labels, row);
        }

        destination.Append((byte)']');
    }

    /// <summary>Appends the cells of all rows as one flat list.</summary>
    internal static void AppendFlat(ByteBuffer destination, in Result result, byte[][]? labels)
    {
        destination.Append((byte)'[');
        for (var row = 0; row < result.Rows; row++)
        {
            if (row > 0)
            {
                destination.Append((byte)',');
            }

            AppendCells(destination, result, labels, row);
        }

        destination.Append((byte)']');
    }

    /// <summary>Appends an integer.</summary>
    internal static void AppendInteger(ByteBuffer destination, long value)
    {
        Utf8Formatter.TryFormat(value, destination.GetSpan(LongestInteger), out var written);
        destination.Advance(written);
    }

    private static void AppendCells(ByteBuffer destination, in Result result, byte[][]? labels, int row)
    {
        switch (result.Numbers)
        {
            case DenseBlock dense:
                AppendNumbers(destination, dense.Row(row));
                break;
            case CsrBlock sparse:
                AppendSparse(destination, sparse, row);
                break;
            default:
                AppendCodes(destination, result.Codes.AsSpan(row * result.Columns, result.Columns), labels);
                break;
        }
    }

    private static void AppendNumbers(ByteBuffer destination, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                destination.Append((byte)',');
            }

            JsonEcho.AppendNumber(destination, values[i]);
        }
    }

    private static void AppendSparse(ByteBuffer destination, CsrBlock block, int row)
    {
        // The stored cells of a row stand in any order.
        var cells = ArrayPool<double>.Shared.Rent(block.Columns);
        var dense = cells.AsSpan(0, block.Columns);
        dense.Clear();
        var columns = block.Indices(row);
        var values = block.Values(row);
        for (var i = 0; i < columns.Length; i++)
        {
            dense[columns[i]] = values[i];
        }

        AppendNumbers(destination, dense);
        ArrayPool<double>.Shared.Return(cells);
    }

    private static void AppendCodes(ByteBuffer destination, ReadOnlySpan<int> codes, byte[][]? labels)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            if (i > 0)
            {
                destination.Append((byte)',');
            }

            if (labels is null)
            {
                AppendInteger(destination, codes[i]);
            }
            else
            {
                destination.Append(labels[codes[i]]);
            }
        }
    }
}
