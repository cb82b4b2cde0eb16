using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Puts what several transformers give side by side: <c>numpy.hstack</c> and <c>scipy.sparse.hstack</c>, row by row.</summary>
internal static class SideBySide
{
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
