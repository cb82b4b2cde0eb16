using System.Numerics;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// Brings the columns that trees look at into groups of <see cref="TreeWalk.Lanes"/> rows, column by column, rounded as the trees compare them, and
/// refuses what scikit-learn refuses.
/// </summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal sealed class RowLoader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _columns;
    private readonly int[] _compact;

    /// <param name="columns">The columns that trees look at.</param>
    /// <param name="features">How many columns there are.</param>
    public RowLoader(int[] columns, int features)
    {
        _columns = columns;
        Features = features;
        Width = Math.Max(columns.Length, 1);
        _compact = new int[features];
        _compact.AsSpan().Fill(-1);
        for (var i = 0; i < columns.Length; i++)
        {
            _compact[columns[i]] = i;
        }
    }

    /// <summary>How many columns a row has.</summary>
    public int Features { get; }

    /// <summary>How many cells a row has in a group; at least one.</summary>
    public int Width { get; }

    /// <summary>Refuses rows of another width.</summary>
    /// <exception cref="InputException">The rows are not as wide as those of the training data.</exception>
    public void CheckWidth(Block x) => Columns.RequireWidth(x, Features, "the model");

    /// <summary>Refuses rows that <see cref="Load"/> would refuse.</summary>
    /// <exception cref="InputException">A row is refused.</exception>
    public void Check(Block x, InputPolicy policy)
    {
        CheckWidth(x);
        for (var row = 0; row < x.Rows && !policy.AllowsAnything; row++)
        {
            if (FirstRefused(x, row, policy) >= 0)
            {
                throw Refuse(x, row, policy);
            }
        }
    }

    /// <summary>Where the cells of a row begin; each next one lies <see cref="TreeWalk.Lanes"/> further.</summary>
    public int Place(int row) => ((row / TreeWalk.Lanes) * TreeWalk.Lanes * Width) + (row % TreeWalk.Lanes);

    /// <summary>Loads <paramref name="count"/> rows from <paramref name="first"/> on.</summary>
    /// <exception cref="InputException">A cell is infinite, too large for the type, or missing where that is not allowed.</exception>
    public void Load(Block x, int first, int count, InputPolicy policy, T[] cells)
    {
        for (var row = 0; row < count; row++)
        {
            var to = cells.AsSpan(Place(row), ((Width - 1) * TreeWalk.Lanes) + 1);
            var isFine = x is CsrBlock sparse
                ? LoadSparse(sparse.Indices(first + row), sparse.Values(first + row), to, policy)
                : LoadDense(((DenseBlock)x).Row(first + row), to, policy.AllowsMissing);
            if (!isFine && !policy.AllowsAnything && FirstRefused(x, first + row, policy) >= 0)
            {
                throw Refuse(x, first + row, policy);
            }

            if (!double.IsNaN(policy.Marker))
            {
                Mark(to, T.CreateTruncating(policy.Marker));
            }
        }
    }

    // The trees' columns in their own order where all are looked at, so that this is one pass over the row.
    private bool LoadDense(ReadOnlySpan<double> from, Span<T> to, bool allowsMissing)
    {
        var isFine = true;
        for (var i = 0; i < from.Length; i++)
        {
            var value = T.CreateTruncating(from[i]);
            isFine &= T.IsFinite(value) || (allowsMissing && double.IsNaN(from[i]));
        }

        if (_columns.Length == 0)
        {
            to[0] = T.Zero;
        }

        for (var i = 0; i < _columns.Length; i++)
        {
            to[i * TreeWalk.Lanes] = T.CreateTruncating(from[_columns[i]]);
        }

        return isFine;
    }

    private static void Mark(Span<T> cells, T marker)
    {
        for (var i = 0; i < cells.Length; i += TreeWalk.Lanes)
        {
            if (cells[i] == marker)
            {
                cells[i] = T.NaN;
            }
        }
    }

    private bool LoadSparse(ReadOnlySpan<int> indices, ReadOnlySpan<double> values, Span<T> to, InputPolicy policy)
    {
        var absent = policy.AbsentIsMissing ? T.NaN : T.Zero;
        for (var i = 0; i < to.Length; i += TreeWalk.Lanes)
        {
            to[i] = absent;
        }

        var isFine = true;
        for (var i = 0; i < indices.Length; i++)
        {
            var value = T.CreateTruncating(values[i]);
            isFine &= T.IsFinite(value);
            if (_compact[indices[i]] is >= 0 and var column)
            {
                to[column * TreeWalk.Lanes] = value;
            }
        }

        return isFine;
    }

    private static InputException Refuse(Block x, int row, InputPolicy policy)
    {
        var i = FirstRefused(x, row, policy);
        var value = Cells(x, row)[i];
        var column = x is CsrBlock sparse ? sparse.Indices(row)[i] : i;
        var what = double.IsNaN(value) ? "missing values (NaN); impute them before it"
            : double.IsInfinity(value) ? "infinite values"
            : "values that are too large for float32";
        return InputException.AtCell(row, column, $"{policy.Estimator} does not accept {what}");
    }

    private static int FirstRefused(Block x, int row, InputPolicy policy)
    {
        var allowsMissing = policy.AllowsMissing && (x is DenseBlock || policy.AbsentIsMissing);
        var allowsInfinite = double.IsInfinity(policy.Marker);
        var values = Cells(x, row);
        for (var i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(T.CreateTruncating(values[i])) && !(allowsMissing && double.IsNaN(values[i])) && !allowsInfinite)
            {
                return i;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<double> Cells(Block x, int row) => x is CsrBlock sparse ? sparse.Values(row) : ((DenseBlock)x).Row(row);
}
