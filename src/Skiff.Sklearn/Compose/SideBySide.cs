using System.Globalization;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Puts what several transformers give side by side: <c>numpy.hstack</c> and <c>scipy.sparse.hstack</c>, row by row.</summary>
internal static class SideBySide
{
    // 128 MB a row; sparse rows cost what they hold.
    private const int MostDenseColumns = 1 << 24;

    /// <summary>Judges, once the model is read, whether so many columns can be put side by side.</summary>
    /// <param name="estimator">What does so.</param>
    /// <param name="widths">How many columns each part gives; -1 where that is not fixed.</param>
    /// <param name="isSparse">Whether the rows are sparse.</param>
    /// <exception cref="ModelLoadException">They are too many.</exception>
    public static void CheckWidth(string estimator, IEnumerable<int> widths, bool isSparse)
    {
        var sum = widths.Where(width => width > 0).Sum(width => (long)width);
        var most = isSparse ? int.MaxValue : MostDenseColumns;
        if (sum > most)
        {
            throw new ModelLoadException(string.Create(
                CultureInfo.InvariantCulture, $"{estimator}: its parts give {sum} columns together; up to {most} in {(isSparse ? "sparse" : "dense")} rows can be served"));
        }
    }

    /// <summary>Transforms into some columns of a wider block, whatever kind the transformer gives.</summary>
    public static void Write(Transformer transformer, Block x, DenseBlock y, double weight, Scratch scratch)
    {
        if (transformer.Produces(x) == BlockKind.Dense)
        {
            transformer.Transform(x, y, scratch);
        }
        else
        {
            var given = transformer.Transform(x, scratch);
            Densify((CsrBlock)given, y);
            y.IsSingle = given.IsSingle;
        }

        Scale(y, weight);
    }

    /// <summary>Writes sparse rows as dense ones.</summary>
    public static void Densify(CsrBlock x, DenseBlock y)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = y.Row(row);
            cells.Clear();
            var indices = x.Indices(row);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                cells[indices[i]] = values[i];
            }
        }
    }

    /// <summary>Multiplies every cell.</summary>
    public static void Scale(DenseBlock y, double weight)
    {
        for (var row = 0; weight != 1 && row < y.Rows; row++)
        {
            foreach (ref var value in y.Row(row))
            {
                value *= weight;
            }
        }
    }

    /// <summary>Appends a row's cells that are not zero to the sparse row that is being written.</summary>
    /// <param name="x">Where the row is.</param>
    /// <param name="row">Which.</param>
    /// <param name="weight">What the cells are multiplied by.</param>
    /// <param name="y">The target.</param>
    /// <param name="column">Where the block begins in the target.</param>
    public static void AppendRow(Block x, int row, double weight, CsrBlock y, int column)
    {
        if (x is CsrBlock sparse)
        {
            var indices = sparse.Indices(row);
            var values = sparse.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                y.Append(column + indices[i], values[i] * weight);
            }

            return;
        }

        var cells = ((DenseBlock)x).Row(row);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] != 0)
            {
                y.Append(column + i, cells[i] * weight);
            }
        }
    }
}
