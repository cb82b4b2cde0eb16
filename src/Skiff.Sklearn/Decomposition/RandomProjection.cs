using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>GaussianRandomProjection</c> and <c>SparseRandomProjection</c>: <c>X @ components_.T</c>.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/random_projection.py</c>, <c>transform</c>; the same since 0.22. Sparse components on sparse rows give sparse
/// rows, unless <c>dense_output</c> is set.
/// </remarks>
internal sealed class RandomProjection : NumericTransformer
{
    // The components that each feature meets, feature by feature.
    private readonly int[] _starts;
    private readonly int[] _outputs;
    private readonly double[] _weights;
    private readonly int _count;
    private readonly bool _keepsSparse;
    private readonly bool _isSingle;

    private RandomProjection(EstimatorNode node, Csr components, bool keepsSparse, bool isSingle)
        : base(node, components.Columns)
    {
        _count = components.Rows;
        _keepsSparse = keepsSparse;
        _isSingle = isSingle;
        _starts = new int[components.Columns + 1];
        foreach (var feature in components.ColumnIndices.AsSpan(0, components.RowStarts[^1]))
        {
            _starts[feature + 1]++;
        }

        for (var j = 0; j < components.Columns; j++)
        {
            _starts[j + 1] += _starts[j];
        }

        _outputs = new int[_starts[^1]];
        _weights = new double[_starts[^1]];
        var next = _starts.ToArray();
        for (var row = 0; row < components.Rows; row++)
        {
            for (var i = components.RowStarts[row]; i < components.RowStarts[row + 1]; i++)
            {
                var place = next[components.ColumnIndices[i]]++;
                _outputs[place] = row;
                _weights[place] = components.Values[i];
            }
        }
    }

    public static Estimator Read(EstimatorNode node)
    {
        if (node.Required("components_") is PyInstance instance && ScipySparse.TryReadCsr(instance, out var csr, out _))
        {
            var isSingle = instance.Attributes.TryGetValue("data", out var data) && data is NdArray { Type.Kind: DTypeKind.Float32 };
            return csr.Rows > 0 ? new RandomProjection(node, csr, !node.Flag("dense_output", false), isSingle) : throw node.Error("'components_' has no rows");
        }

        var matrix = node.Matrix("components_");
        return matrix.Rows > 0 ? new RandomProjection(node, AsSparse(matrix), false, matrix.IsSingle) : throw node.Error("'components_' has no rows");
    }

    public override BlockKind Produces(BlockKind input) => _keepsSparse ? input : BlockKind.Dense;

    public override int Width(int inputWidth) => _count;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var isSingle = _isSingle && x.IsSingle;
        var sums = y as DenseBlock ?? scratch.Dense(1, _count);
        for (var row = 0; row < x.Rows; row++)
        {
            var target = sums.Row(y is DenseBlock ? row : 0);
            Project(x, row, target);
            if (isSingle)
            {
                Singles.Round(target);
            }

            if (y is CsrBlock sparse)
            {
                AppendNonZeros(target, sparse);
            }
        }

        y.IsSingle = isSingle;
    }

    private static Csr AsSparse(Matrix matrix) => new(
        matrix.Rows,
        matrix.Columns,
        [.. Enumerable.Range(0, matrix.Rows + 1).Select(row => row * matrix.Columns)],
        [.. Enumerable.Range(0, matrix.Values.Length).Select(i => i % matrix.Columns)],
        matrix.Values);

    private void Project(Block x, int row, Span<double> y)
    {
        y.Clear();
        if (x is CsrBlock sparse)
        {
            var indices = sparse.Indices(row);
            var values = sparse.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                Add(values[i], indices[i], y);
            }

            return;
        }

        var cells = ((DenseBlock)x).Row(row);
        for (var j = 0; j < cells.Length; j++)
        {
            Add(cells[j], j, y);
        }
    }

    private void Add(double value, int feature, Span<double> y)
    {
        for (var i = _starts[feature]; i < _starts[feature + 1]; i++)
        {
            y[_outputs[i]] += value * _weights[i];
        }
    }

    private static void AppendNonZeros(ReadOnlySpan<double> row, CsrBlock y)
    {
        for (var k = 0; k < row.Length; k++)
        {
            if (row[k] != 0)
            {
                y.Append(k, row[k]);
            }
        }

        y.EndRow();
    }
}
