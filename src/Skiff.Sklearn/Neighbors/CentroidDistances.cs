using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The reduced distances of rows to a few centroids; euclidean ones by way of products, which sparse rows meet cell by cell.</summary>
internal sealed class CentroidDistances
{
    private readonly Matrix _centroids;
    private readonly Metric _metric;
    private readonly LinearFunction? _products;
    private readonly double[] _squares;

    /// <param name="centroids">One row a centroid.</param>
    /// <param name="metric">The distance.</param>
    public CentroidDistances(Matrix centroids, Metric metric)
    {
        _centroids = centroids;
        _metric = metric;
        _products = metric is EuclideanMetric ? new LinearFunction(centroids with { IsSingle = false }, [0]) : null;
        _squares = [.. Enumerable.Range(0, centroids.Rows).Select(k => Kernels.Dot(centroids.Row(k), centroids.Row(k)))];
    }

    /// <summary>Whether scikit-learn takes sparse rows with this metric.</summary>
    public bool AcceptsSparse => _metric is EuclideanMetric or ManhattanMetric or CosineMetric;

    /// <summary>One column a centroid.</summary>
    public DenseBlock Run(Block x, Scratch scratch)
    {
        if (_products is not null)
        {
            return Euclidean(x, _products.Run(x, scratch));
        }

        var distances = scratch.Dense(x.Rows, _centroids.Rows);
        var buffer = scratch.Dense(1, x.Columns).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step((long)_centroids.Rows * x.Columns);
            var values = x is CsrBlock sparse ? Expand(sparse, row, buffer) : ((DenseBlock)x).Row(row);
            for (var k = 0; k < _centroids.Rows; k++)
            {
                distances.Row(row)[k] = _metric.Reduced(values, _centroids.Row(k));
            }
        }

        return distances;
    }

    /// <summary>The distance of a reduced one.</summary>
    public double ToDistance(double reduced) => _metric.ToDistance(reduced);

    private static Span<double> Expand(CsrBlock x, int row, Span<double> buffer)
    {
        buffer.Clear();
        var columns = x.Indices(row);
        var values = x.Values(row);
        for (var i = 0; i < columns.Length; i++)
        {
            buffer[columns[i]] = values[i];
        }

        return buffer;
    }

    private DenseBlock Euclidean(Block x, DenseBlock products)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var values = x is CsrBlock sparse ? sparse.Values(row) : ((DenseBlock)x).Row(row);
            var square = Kernels.Dot(values, values);
            var distances = products.Row(row);
            for (var k = 0; k < distances.Length; k++)
            {
                distances[k] = Math.Max(0, square - (2 * distances[k]) + _squares[k]);
            }
        }

        return products;
    }
}
