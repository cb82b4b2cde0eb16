using Skiff.Models;

namespace Skiff.Sklearn.Tests;

/// <summary>Trees are there to leave most rows out: what is counted is how many distances a search takes, of points and of centers.</summary>
public sealed class TreeSearchTests
{
    private const int Count = 20_000;
    private const int LeafSize = 30;
    private const int Nearest = 5;
    private const int Seed = 22;

    private static readonly Dictionary<string, Metric> Metrics = new()
    {
        ["euclidean"] = new EuclideanMetric(),
        ["manhattan"] = new ManhattanMetric(),
        ["chebyshev"] = new ChebyshevMetric(),
        ["minkowski"] = new MinkowskiMetric(3, null, false),
        ["seuclidean"] = new StandardizedEuclideanMetric([0.5, 1, 2]),
        ["mahalanobis"] = new MahalanobisMetric(new Matrix(3, 3, [2, 0.5, 0, 0.5, 1, 0, 0, 0, 1], false)),
        ["canberra"] = new CanberraMetric(),
        ["braycurtis"] = new BrayCurtisMetric(false),
        ["haversine"] = new HaversineMetric(),
    };

    [Theory]
    [InlineData("euclidean", false)]
    [InlineData("manhattan", false)]
    [InlineData("chebyshev", false)]
    [InlineData("minkowski", false)]
    [InlineData("euclidean", true)]
    [InlineData("manhattan", true)]
    [InlineData("chebyshev", true)]
    [InlineData("minkowski", true)]
    [InlineData("seuclidean", true)]
    [InlineData("mahalanobis", true)]
    [InlineData("canberra", true)]
    [InlineData("braycurtis", true)]
    [InlineData("haversine", true)]
    public void Search_OfATree_LeavesMostRowsOut(string metric, bool isBall)
    {
        var counting = new CountingMetric(Metrics[metric]);
        var points = Points(metric == "haversine" ? 2 : 3);
        var tree = Build(points, isBall, counting);
        counting.Count = 0;
        const int Queries = 20;
        for (var i = 0; i < Queries; i++)
        {
            var query = points.Row(i * 997).ToArray();
            query[0] += 0.01;
            CheckNearest(tree, points, counting, query);
            CheckWithin(tree, points, counting, query);
        }

        // Of both searches, for each query.
        Assert.InRange(counting.Count / Queries, 1, Count / 10);
    }

    private static void CheckNearest(TreeSearch tree, Matrix points, CountingMetric metric, double[] query)
    {
        var distances = new double[Nearest];
        tree.Nearest(query, new NeighborBuffer(distances, new int[Nearest], new Scratch()), default);
        var expected = All(points, metric, query).Order().Take(Nearest);
        Assert.Equal(expected, distances);
    }

    private static void CheckWithin(TreeSearch tree, Matrix points, CountingMetric metric, double[] query)
    {
        var all = All(points, metric, query);

        // Between two points: whether one on the border is within is a matter of rounding.
        var ordered = all.Order().ToArray();
        var radius = (ordered[10] + ordered[11]) / 2;
        var indices = new int[Count];
        var found = tree.Within(query, radius, new NeighborBuffer(new double[Count], indices, new Scratch()), default);
        Assert.Equal(Enumerable.Range(0, Count).Where(i => all[i] <= radius), indices.Take(found).Order());
    }

    private static double[] All(Matrix points, CountingMetric metric, double[] query) =>
        [.. Enumerable.Range(0, Count).Select(i => metric.Inner.Distance(query, points.Row(i)))];

    private static Matrix Points(int width)
    {
        var random = new Random(Seed);
        return new Matrix(Count, width, [.. Enumerable.Range(0, Count * width).Select(_ => random.NextDouble() + 0.1)], false);
    }

    // Halves along the widest column, node i's at 2i+1 and 2i+2, as scikit-learn builds them.
    private static TreeSearch Build(Matrix points, bool isBall, CountingMetric metric)
    {
        var levels = (int)Math.Log2((Count - 1.0) / LeafSize) + 1;
        var nodes = new TreeNode[(1 << levels) - 1];
        var ids = Enumerable.Range(0, Count).ToArray();
        var (lowest, highest, centers, radii) = (Corner(nodes, points), Corner(nodes, points), Corner(nodes, points), new double[nodes.Length]);
        nodes[0] = new TreeNode(0, Count, nodes.Length == 1);
        for (var node = 0; node < nodes.Length; node++)
        {
            var (start, end, isLeaf) = nodes[node];
            var widest = Measure(points, ids.AsSpan(start..end), node, lowest, highest, centers);
            radii[node] = ids[start..end].Max(id => metric.Inner.Distance(centers.Row(node), points.Row(id)));
            if (!isLeaf)
            {
                ids.AsSpan(start..end).Sort((a, b) => points.Row(a)[widest].CompareTo(points.Row(b)[widest]));
                var middle = start + ((end - start) / 2);
                var areLeaves = (2 * ((2 * node) + 1)) + 1 >= nodes.Length;
                nodes[(2 * node) + 1] = new TreeNode(start, middle, areLeaves);
                nodes[(2 * node) + 2] = new TreeNode(middle, end, areLeaves);
            }
        }

        var ordered = new Matrix(Count, points.Columns, [.. ids.SelectMany(id => points.Row(id).ToArray())], false);
        return new TreeSearch(ordered, ids, nodes, isBall ? new BallBounds(centers, radii, metric) : new BoxBounds(lowest, highest, metric.Exponent), metric);
    }

    private static Matrix Corner(TreeNode[] nodes, Matrix points) => new(nodes.Length, points.Columns, new double[nodes.Length * points.Columns], false);

    private static int Measure(Matrix points, ReadOnlySpan<int> ids, int node, Matrix lowest, Matrix highest, Matrix centers)
    {
        var widest = 0;
        var widths = new double[points.Columns];
        for (var j = 0; j < points.Columns; j++)
        {
            var (low, high, sum) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
            foreach (var id in ids)
            {
                var value = points.Row(id)[j];
                (low, high, sum) = (Math.Min(low, value), Math.Max(high, value), sum + value);
            }

            var place = (node * points.Columns) + j;
            (lowest.Values[place], highest.Values[place], centers.Values[place]) = (low, high, sum / ids.Length);
            widths[j] = high - low;
            widest = widths[j] > widths[widest] ? j : widest;
        }

        return widest;
    }

    private sealed class CountingMetric(Metric inner) : Metric
    {
        public Metric Inner => inner;

        public int Count { get; set; }

        public override double Exponent => inner.Exponent;

        public override double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            Count++;
            return inner.Reduced(a, b);
        }

        public override double ToDistance(double reduced) => inner.ToDistance(reduced);

        public override double ToReduced(double distance) => inner.ToReduced(distance);
    }
}
