using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The columns of a block of any kind but sparse, one at a time.</summary>
internal static class Columns
{
    /// <summary>A column of a table.</summary>
    public static FrameColumn Column(this Block x, int column) => x is FrameBlock frame ? frame[column] : new FrameColumn(x, column);

    /// <summary>Refuses a table of another width than that of the training data.</summary>
    /// <exception cref="InputException">It is wider or narrower.</exception>
    public static void RequireWidth(Block x, int expected, string estimator)
    {
        if (expected >= 0 && x.Columns != expected)
        {
            throw new InputException(InputErrorKind.Value, $"the input has {x.Columns} features, {estimator} takes {expected}");
        }
    }

    /// <summary>Some columns of a block as a block of their own: a view where they lie side by side, a copy of numbers where not.</summary>
    /// <param name="x">Where they are.</param>
    /// <param name="columns">Which, in their new order.</param>
    /// <param name="scratch">Working memory.</param>
    public static Block Select(Block x, int[] columns, Scratch scratch)
    {
        switch (x)
        {
            case DenseBlock dense when AreAdjacent(columns):
                var view = scratch.View(dense, columns.Length == 0 ? 0 : columns[0], columns.Length);
                view.IsSingle = dense.IsSingle;
                return view;
            case CsrBlock sparse:
                return SelectSparse(sparse, columns, scratch);
            case FrameBlock frame when HasText(frame, columns):
                var part = scratch.Frame(x.Rows);
                foreach (var column in columns)
                {
                    part.Add(frame[column]);
                }

                return part;
            default:
                return SelectNumbers(x, columns, scratch);
        }
    }

    /// <summary>Whether one of some columns of a frame holds texts.</summary>
    public static bool HasText(FrameBlock frame, int[] columns)
    {
        foreach (var column in columns)
        {
            if (frame[column].Kind == ColumnKind.Text)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreAdjacent(int[] columns)
    {
        for (var i = 1; i < columns.Length; i++)
        {
            if (columns[i] != columns[i - 1] + 1)
            {
                return false;
            }
        }

        return true;
    }

    private static DenseBlock SelectNumbers(Block x, int[] columns, Scratch scratch)
    {
        var y = scratch.Dense(x.Rows, columns.Length);
        y.IsSingle = x.IsSingle;
        for (var i = 0; i < columns.Length; i++)
        {
            var column = x.Column(columns[i]);
            for (var row = 0; row < x.Rows; row++)
            {
                y.Row(row)[i] = column.Number(row);
            }
        }

        return y;
    }

    private static CsrBlock SelectSparse(CsrBlock x, int[] columns, Scratch scratch)
    {
        var y = scratch.Csr(columns.Length);
        y.IsSingle = x.IsSingle;
        var dense = scratch.Dense(1, x.Columns).Row(0);
        dense.Clear();
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                dense[indices[i]] = values[i];
            }

            for (var i = 0; i < columns.Length; i++)
            {
                if (dense[columns[i]] != 0)
                {
                    y.Append(i, dense[columns[i]]);
                }
            }

            foreach (var index in indices)
            {
                dense[index] = 0;
            }

            y.EndRow();
        }

        return y;
    }
}
