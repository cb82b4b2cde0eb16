using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Adds what linear models of the leaves make of rows, tree after tree. Where a column of a leaf's model is missing, its plain value counts.</summary>
/// <remarks>lightgbm 4.6, <c>include/LightGBM/tree.h</c>, <c>Tree::Predict</c>.</remarks>
/// <param name="leaves">The models of every leaf.</param>
/// <param name="outputs">How many outputs there are; the trees take turns.</param>
/// <param name="x">The rows.</param>
/// <param name="y">What is added to.</param>
internal readonly struct LgbmLinearSums(LgbmLeaves leaves, int outputs, Block x, DenseBlock y) : ILeafSink
{
    public void Take(int row, int tree, int leaf) => y.Row(row)[tree % outputs] += leaves.Answer(leaf, x, row);
}

/// <summary>The linear models of all leaves, one behind the other; plain leaves have no columns.</summary>
internal sealed class LgbmLeaves
{
    private readonly List<double> _values = [];
    private readonly List<double> _constants = [];
    private readonly List<int> _ends = [0];
    private readonly List<int> _columns = [];
    private readonly List<double> _coefficients = [];

    /// <summary>The plain value of every leaf.</summary>
    public double[] Values => [.. _values];

    /// <summary>About how many bytes of memory they keep.</summary>
    public long Size => ((_values.Count + _constants.Count + _coefficients.Count) * (long)sizeof(double)) + ((_ends.Count + _columns.Count) * (long)sizeof(int));

    /// <summary>Takes a tree's leaves, in the order in which they are numbered.</summary>
    /// <exception cref="PayloadException">A leaf looks at a column that does not exist.</exception>
    public void Add(LgbmTree tree, List<int> order, int features, int number)
    {
        var starts = new int[tree.Values.Length];
        for (var i = 1; i < starts.Length && tree.Linear is { } linear; i++)
        {
            starts[i] = starts[i - 1] + linear.Counts[i - 1];
        }

        foreach (var place in order)
        {
            var leaf = place - tree.Splits;
            _values.Add(tree.Values[leaf]);
            _constants.Add(tree.Linear?.Constants[leaf] ?? tree.Values[leaf]);
            for (var i = 0; i < (tree.Linear?.Counts[leaf] ?? 0); i++)
            {
                var column = tree.Linear!.Columns[starts[leaf] + i];
                _columns.Add((uint)column < (uint)features ? column : throw new PayloadException($"tree {number}: leaf {leaf} looks at column {column}; there are {features} columns"));
                _coefficients.Add(tree.Linear.Coefficients[starts[leaf] + i]);
            }

            _ends.Add(_columns.Count);
        }
    }

    /// <summary>What a leaf adds for a row.</summary>
    public double Answer(int leaf, Block x, int row)
    {
        var sum = _constants[leaf];
        for (var i = _ends[leaf]; i < _ends[leaf + 1]; i++)
        {
            var value = Cell(x, row, _columns[i]);
            if (double.IsNaN(value))
            {
                return _values[leaf];
            }

            sum += _coefficients[i] * value;
        }

        return sum;
    }

    private static double Cell(Block x, int row, int column)
    {
        if (x is not CsrBlock sparse)
        {
            return ((DenseBlock)x).Row(row)[column];
        }

        var place = sparse.Indices(row).IndexOf(column);
        return place < 0 ? 0 : sparse.Values(row)[place];
    }
}
