using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>KBinsDiscretizer</c>: the bin that each number falls into, as a number or as a column a bin.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_discretization.py</c>, <c>transform</c>. Before 1.1 a number slightly below an edge
/// (1e-8 and 1e-5 of its size) counted as at it.
/// </remarks>
internal sealed class KBinsDiscretizer : NumericTransformer
{
    private readonly double[][] _edges;
    private readonly int[] _starts;
    private readonly string _encode;
    private readonly bool _isEarly;
    private readonly DTypeKind? _type;

    private KBinsDiscretizer(EstimatorNode node, double[][] edges)
        : base(node, edges.Length)
    {
        _edges = edges;
        _isEarly = node.Version < new SklearnVersion(1, 1);
        _type = NumericType.Read(node, "dtype");
        _encode = node.Text("encode", "onehot");
        if (_encode is not ("onehot" or "onehot-dense" or "ordinal"))
        {
            throw node.Error($"'encode' is '{_encode}'; onehot, onehot-dense and ordinal are known");
        }

        _starts = new int[edges.Length + 1];
        for (var j = 0; j < edges.Length; j++)
        {
            _starts[j + 1] = checked(_starts[j] + edges[j].Length - 1);
        }
    }

    public static Estimator Read(EstimatorNode node)
    {
        var edges = node.List("bin_edges_").Select(item => item is NdArray { Rank: 1, IsNumeric: true, Size: >= 2 } array
            ? array.ToDoubles()
            : throw node.Error($"'bin_edges_' holds {Describe.Value(item)}; expected two or more numbers for each feature")).ToArray();
        return new KBinsDiscretizer(node, edges);
    }

    public override BlockKind Produces(BlockKind input) => _encode == "onehot" ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => _encode == "ordinal" ? _edges.Length : _starts[^1];

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var isSingle = _type is { } type ? type == DTypeKind.Float32 : x.IsSingle;
        for (var row = 0; row < x.Rows; row++)
        {
            TransformRow(rows.Row(row), y, row, isSingle);
        }

        y.IsSingle = isSingle;
    }

    private void TransformRow(ReadOnlySpan<double> x, Block y, int row, bool isSingle)
    {
        var cells = y is DenseBlock dense ? dense.Row(row) : default;
        if (_encode == "onehot-dense")
        {
            cells.Clear();
        }

        for (var j = 0; j < x.Length; j++)
        {
            var bin = Bin(_edges[j], isSingle ? (float)x[j] : x[j], isSingle);
            if (_encode == "ordinal")
            {
                cells[j] = bin;
            }
            else if (y is CsrBlock sparse)
            {
                sparse.Append(_starts[j] + bin, 1);
            }
            else
            {
                cells[_starts[j] + bin] = 1;
            }
        }

        (y as CsrBlock)?.EndRow();
    }

    // The outer edges decide nothing: what lies beyond them belongs to the first or the last bin.
    private int Bin(double[] edges, double value, bool isSingle)
    {
        if (_isEarly)
        {
            var nearly = 1e-8 + (1e-5 * Math.Abs(value));
            value = isSingle ? (float)((float)value + (float)nearly) : value + nearly;
        }

        var (low, high) = (1, edges.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value >= edges[middle])
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}
