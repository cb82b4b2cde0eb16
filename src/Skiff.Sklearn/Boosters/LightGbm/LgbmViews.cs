using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// The columns that trees look at where some of them take zero as missing: such a look at a column is a column of its own, with NaN for zero. What
/// was trained with <c>zero_as_missing</c> needs them, and nothing else does.
/// </summary>
internal sealed class LgbmViews
{
    private readonly Dictionary<(int Column, bool ZeroIsMissing), int> _places = [];
    private readonly List<(int Column, bool ZeroIsMissing)> _views = [];
    private int[] _plain = [];
    private int[] _zero = [];

    /// <summary>How many there are.</summary>
    public int Count => _views.Count;

    /// <summary>The nodes of a tree, over these columns and not over those of the rows.</summary>
    /// <exception cref="PayloadException">A node looks at a column that does not exist.</exception>
    public TreeArrays<double> Take(LgbmTree tree, int features, int number)
    {
        var columns = tree.Arrays.Feature.ToArray();
        for (var i = 0; i < tree.Splits; i++)
        {
            var view = (Column: columns[i], ZeroIsMissing: tree.ZeroIsMissing?[i] == true);
            if ((uint)view.Column >= (uint)features)
            {
                throw new PayloadException($"tree {number}: a node looks at column {view.Column}; there are {features} columns");
            }

            if (!_places.TryGetValue(view, out columns[i]))
            {
                columns[i] = _views.Count;
                _places.Add(view, columns[i]);
                _views.Add(view);
            }
        }

        return tree.Arrays with { Feature = columns };
    }

    /// <summary>To be called when every tree has been taken.</summary>
    public void Close(int features)
    {
        _plain = new int[features];
        _zero = new int[features];
        _plain.AsSpan().Fill(-1);
        _zero.AsSpan().Fill(-1);
        foreach (var (view, place) in _places)
        {
            (view.ZeroIsMissing ? _zero : _plain)[view.Column] = place;
        }
    }

    /// <summary>The rows with these columns.</summary>
    public DenseBlock Gather(Block x, Scratch scratch)
    {
        var y = scratch.Dense(x.Rows, Count);
        for (var row = 0; row < x.Rows; row++)
        {
            var to = y.Row(row);
            if (x is CsrBlock sparse)
            {
                GatherSparse(sparse.Indices(row), sparse.Values(row), to);
                continue;
            }

            var from = ((DenseBlock)x).Row(row);
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = See(from[_views[i].Column], _views[i].ZeroIsMissing);
            }
        }

        return y;
    }

    private void GatherSparse(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = See(0, _views[i].ZeroIsMissing);
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (_plain[columns[i]] is >= 0 and var plain)
            {
                to[plain] = values[i];
            }

            if (_zero[columns[i]] is >= 0 and var zero)
            {
                to[zero] = See(values[i], true);
            }
        }
    }

    private static double See(double value, bool zeroIsMissing) => zeroIsMissing && LgbmTreeReader.IsZero(value) ? double.NaN : value;
}
