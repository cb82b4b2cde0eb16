using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>NearestCentroid</c>: the label whose centroid is nearest; since 1.6 also by the spread within the classes and by their priors.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_nearest_centroid.py</c>. Until 1.4 it took every metric of <c>pairwise_distances</c>, since 1.5 two. Of
/// centroids that are as near the first is answered.
/// </remarks>
internal sealed class NearestCentroid : Classifier
{
    private readonly CentroidDistances _distances;
    private readonly ScoreParts? _parts;
    private readonly ClassScores _scores;
    private readonly string _name;

    private NearestCentroid(EstimatorNode node, LabelSet classes, int features, CentroidDistances distances, ScoreParts? parts)
        : base(classes, parts is { IsEuclidean: true } ? ClassScores.All : Methods.Predict, classes.Count == 2 ? 0 : classes.Count)
    {
        _distances = distances;
        _parts = parts;
        _scores = new ClassScores(Outputs, node.Version);
        _name = node.ClassName;
        FeatureCount = features;
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        var centroids = node.Matrix("centroids_", classes.Count);
        if (node.FeatureCount >= 0 && node.FeatureCount != centroids.Columns)
        {
            throw node.Error($"'centroids_' has {centroids.Columns} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        var metric = ReadMetric(node, centroids.Columns);
        var parts = node.Version < new SklearnVersion(1, 6) ? null : ScoreParts.Read(node, centroids, metric);
        return new NearestCentroid(node, classes, centroids.Columns, new CentroidDistances(centroids, metric), parts);
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_distances.AcceptsSparse)
        {
            Kernels.RequireDenseInput(kind, _name);
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Columns.RequireWidth(x, FeatureCount, _name);
        Kernels.RequireFinite(x, _name);
        var needsScores = _parts is { IsUniform: false } || (wanted & ~Methods.Predict) != Methods.None;
        var scores = needsScores ? _parts!.Run(x, scratch) : null;
        if (wanted.HasFlag(Methods.Predict))
        {
            AddHighest(_parts is { IsUniform: false } ? scores! : Nearness(x, scratch), scratch, results);
        }

        if (scores is not null)
        {
            _scores.Add(wanted, scores, scratch, results);
        }
    }

    private static Metric ReadMetric(EstimatorNode node, int width) => node.Text("metric", "euclidean") switch
    {
        "nan_euclidean" => new EuclideanMetric(),
        "correlation" => new CorrelationMetric(),
        "yule" => new YuleMetric(),
        "wminkowski" => throw node.Error("the metric 'wminkowski' needs weights, which scikit-learn does not give it here"),
        var name => MetricReader.Read(node, name, width, isBrute: true),
    };

    // The nearest has the highest value; numpy, too, takes the first NaN of a row.
    private DenseBlock Nearness(Block x, Scratch scratch)
    {
        var distances = _distances.Run(x, scratch);
        for (var row = 0; row < distances.Rows; row++)
        {
            foreach (ref var value in distances.Row(row))
            {
                value = -value;
            }
        }

        return distances;
    }

    /// <summary>What 1.6 added: scores by distances in units of the spread within the classes, and by priors.</summary>
    private sealed class ScoreParts
    {
        private readonly CentroidDistances _distances;
        private readonly double[] _spread;
        private readonly double[] _priors;

        private ScoreParts(Matrix centroids, Metric metric, double[] spread, double[] priors)
        {
            var scaled = centroids.Values.Select((value, i) => value / spread[i % spread.Length]);
            _distances = new CentroidDistances(centroids with { Values = [.. scaled] }, metric);
            _spread = spread;
            _priors = [.. priors.Select(prior => 2 * Math.Log(prior))];
            IsEuclidean = metric is EuclideanMetric;
            IsUniform = priors.All(prior => Math.Abs(prior - (1.0 / priors.Length)) <= 1e-8 + (1e-5 / priors.Length));
        }

        /// <summary>Whether scikit-learn gives probabilities.</summary>
        public bool IsEuclidean { get; }

        /// <summary>Whether all priors are as good as equal: labels then go by the plain distances.</summary>
        public bool IsUniform { get; }

        public static ScoreParts Read(EstimatorNode node, Matrix centroids, Metric metric)
        {
            var spread = node.Vector("within_class_std_dev_", centroids.Columns);
            return new ScoreParts(centroids, metric, [.. spread.Select(value => value == 0 ? 1 : value)], node.Vector("class_prior_", centroids.Rows));
        }

        public DenseBlock Run(Block x, Scratch scratch)
        {
            var scores = _distances.Run(x is CsrBlock sparse ? Scale(sparse, scratch) : Scale((DenseBlock)x, scratch), scratch);
            for (var row = 0; row < scores.Rows; row++)
            {
                var cells = scores.Row(row);
                for (var k = 0; k < cells.Length; k++)
                {
                    var distance = _distances.ToDistance(cells[k]);
                    cells[k] = _priors[k] - (distance * distance);
                }
            }

            return scores;
        }

        private DenseBlock Scale(DenseBlock x, Scratch scratch)
        {
            var scaled = scratch.Dense(x.Rows, x.Columns);
            for (var row = 0; row < x.Rows; row++)
            {
                var from = x.Row(row);
                var to = scaled.Row(row);
                for (var j = 0; j < from.Length; j++)
                {
                    to[j] = from[j] / _spread[j];
                }
            }

            return scaled;
        }

        private CsrBlock Scale(CsrBlock x, Scratch scratch)
        {
            var scaled = scratch.Csr(x.Columns);
            for (var row = 0; row < x.Rows; row++)
            {
                Kernels.AppendRow(x, row, scaled, 0);
                scaled.EndRow();
                var columns = scaled.Indices(row);
                var values = scaled.Values(row);
                for (var i = 0; i < columns.Length; i++)
                {
                    values[i] /= _spread[columns[i]];
                }
            }

            return scaled;
        }
    }
}
