using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>KMeans</c> and <c>MiniBatchKMeans</c>: the number of the nearest center, and the distances to all of them.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/cluster/_kmeans.py</c>, <c>predict</c> and <c>transform</c>; the same since 0.22. Both go by way of products, as
/// matrix multiplications; of centers that are as near the first is answered.
/// </remarks>
internal sealed class KMeans : NumericTransformer
{
    private readonly LinearFunction _products;
    private readonly double[] _squares;
    private readonly bool _isSingle;
    private readonly ModelOutput[] _outputs;

    private KMeans(EstimatorNode node, Matrix centers)
        : base(node, centers.Columns)
    {
        _products = new LinearFunction(centers with { IsSingle = false }, [0]);
        _squares = [.. Enumerable.Range(0, centers.Rows).Select(k => Kernels.Dot(centers.Row(k), centers.Row(k)))];
        _isSingle = centers.IsSingle;
        _outputs = [new(Methods.Predict, "predict", OutputKind.Int64, 0), new(Methods.Transform, "transform", OutputKind.Float64, centers.Rows)];
    }

    public override Methods Methods => Methods.Predict | Methods.Transform;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node) => ReadDistances(node, "cluster_centers_");

    /// <summary>Reads the distances to centers that stand under another name, which the rest of the family transforms to as well.</summary>
    public static KMeans ReadDistances(EstimatorNode node, string name)
    {
        var centers = node.Matrix(name);
        return centers.Rows > 0 ? new KMeans(node, centers) : throw node.Error($"'{name}' has no rows");
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _squares.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var products = _products.Run(x, scratch);
        for (var row = 0; row < x.Rows; row++)
        {
            var square = SquareOf(x, row);
            var distances = ((DenseBlock)y).Row(row);
            for (var k = 0; k < distances.Length; k++)
            {
                distances[k] = Math.Sqrt(Math.Max(0, square - (2 * products.Row(row)[k]) + _squares[k]));
            }

            if (_isSingle && x.IsSingle)
            {
                Singles.Round(distances);
            }
        }

        y.IsSingle = _isSingle && x.IsSingle;
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            RequireWidth(x);
            Kernels.RequireFinite(x, Name);
            var products = _products.Run(x, scratch);
            var codes = scratch.IntegerArray(x.Rows);
            for (var row = 0; row < x.Rows; row++)
            {
                codes[row] = Nearest(products.Row(row));
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[1], Transform(x, scratch));
        }
    }

    private static double SquareOf(Block x, int row)
    {
        var values = x is CsrBlock sparse ? sparse.Values(row) : ((DenseBlock)x).Row(row);
        return Kernels.Dot(values, values);
    }

    private int Nearest(ReadOnlySpan<double> products)
    {
        var best = 0;
        var lowest = double.PositiveInfinity;
        for (var k = 0; k < products.Length; k++)
        {
            var distance = _squares[k] - (2 * products[k]);
            if (distance < lowest)
            {
                (best, lowest) = (k, distance);
            }
        }

        return best;
    }
}
