using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LocallyLinearEmbedding</c>: the weights that make a row of its nearest training rows, applied to where these were embedded.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/manifold/_locally_linear.py</c>, <c>transform</c> and <c>barycenter_weights</c>; the same since 0.22, whatever
/// <c>method</c> it was fitted with.
/// </remarks>
internal sealed class LocallyLinearEmbedding : NumericTransformer
{
    private readonly NeighborSearch _search;
    private readonly Matrix _rows;
    private readonly Matrix _embedding;
    private readonly double _regularization;
    private readonly int _count;

    private LocallyLinearEmbedding(EstimatorNode node, EstimatorNode neighbors, NeighborSearch search)
        : base(node, search.Width)
    {
        _search = search;
        _rows = neighbors.Matrix("_fit_X", search.Count, search.Width);
        _embedding = node.Matrix("embedding_", rows: search.Count);
        _regularization = node.Number("reg");
        _count = node.CheckedInteger("n_neighbors", 1, search.Count);
        if (_embedding.Columns == 0)
        {
            throw node.Error("'embedding_' has no columns");
        }
    }

    public static Estimator Read(EstimatorNode node)
    {
        var neighbors = SearchReader.Neighbors(node, "nbrs_");
        return new LocallyLinearEmbedding(node, neighbors, SearchReader.Read(neighbors));
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _embedding.Columns;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var work = NeighborBuffer.Of(_search.Count, scratch);
        var found = NeighborBuffer.Of(_count, scratch);
        var differences = scratch.Dense(_count, x.Columns);
        var products = scratch.Dense(_count, _count);
        var weights = scratch.Dense(1, _count).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            _search.Nearest(rows.Row(row), found, work);
            scratch.Step((long)_count * _count * (x.Columns + _count));
            Multiply(rows.Row(row), found.Indices, differences, products);
            if (!Solve(products, weights))
            {
                throw new InputException(InputErrorKind.Value, $"row {row}: its nearest training rows do not determine it; fit LocallyLinearEmbedding with a higher 'reg'", row);
            }

            Embed(found.Indices, weights, ((DenseBlock)y).Row(row), x.IsSingle);
        }
    }

    // The products of the ways to the neighbors, with something added to each square.
    private void Multiply(ReadOnlySpan<double> row, ReadOnlySpan<int> neighbors, DenseBlock differences, DenseBlock products)
    {
        var trace = 0.0;
        for (var i = 0; i < neighbors.Length; i++)
        {
            var neighbor = _rows.Row(neighbors[i]);
            var difference = differences.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                difference[j] = neighbor[j] - row[j];
            }

            for (var k = 0; k <= i; k++)
            {
                products.Row(i)[k] = Kernels.Dot(difference, differences.Row(k));
            }

            trace += products.Row(i)[i];
        }

        var added = trace > 0 ? _regularization * trace : _regularization;
        for (var i = 0; i < neighbors.Length; i++)
        {
            products.Row(i)[i] += added;
        }
    }

    // Cholesky's factor takes the place of the lower triangle; then it is solved for ones, there and back.
    private static bool Solve(DenseBlock matrix, Span<double> weights)
    {
        var factor = new LowerTriangle(matrix.Values, matrix.Columns);
        if (!factor.TryFactor(weights.Length))
        {
            return false;
        }

        weights.Fill(1);
        factor.Solve(weights);
        factor.SolveTransposed(weights);
        return true;
    }

    private void Embed(ReadOnlySpan<int> neighbors, Span<double> weights, Span<double> y, bool isSingle)
    {
        var sum = NumpySum.Of(weights);
        y.Clear();
        for (var i = 0; i < neighbors.Length; i++)
        {
            var weight = isSingle ? (float)(weights[i] / sum) : weights[i] / sum;
            Kernels.AddScaled(weight, _embedding.Row(neighbors[i]), y);
        }
    }
}
