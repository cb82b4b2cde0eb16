using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>KNNImputer</c>: puts the mean of the nearest training rows that have a value where one is missing.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/impute/_knn.py</c>, <c>transform</c>, and <c>nan_euclidean_distances</c> of <c>sklearn/metrics/pairwise.py</c>.
/// Columns without any value in the training data are left out, or zero with <c>keep_empty_features=True</c> (since 1.2). Before 1.3
/// <c>add_indicator=True</c> adds no columns to a table in which nothing is missing; here it always does, as since then.
/// </remarks>
internal sealed class KnnImputer : NumericTransformer
{
    // Below this share of the weighted sum numpy's masked arrays take a sum of weights for zero, and do not divide by it.
    private const double SafeDivision = 2.2250738585072014e-308;

    private readonly MissingValue _missing;
    private readonly MissingDistances _distances;
    private readonly double[][] _donors;
    private readonly int[][] _donorRows;
    private readonly double[] _means;
    private readonly int[] _kept;
    private readonly int[] _indicated;
    private readonly int _count;
    private readonly bool _isWeighted;

    private KnnImputer(EstimatorNode node, Matrix rows)
        : base(node, rows.Columns)
    {
        _missing = MissingValue.Read(node);
        if (_missing.Need == ColumnNeed.Text)
        {
            throw node.Unexpected("missing_values", "NaN, None or a number");
        }

        _isWeighted = node.Optional("weights") switch
        {
            null or "uniform" => false,
            "distance" => true,
            var other => throw node.Error($"'weights' is {Describe.Value(other)}; uniform and distance can be served, a function of one's own cannot"),
        };
        if (node.Required("metric") is not "nan_euclidean")
        {
            throw node.Error($"'metric' is {Describe.Value(node.Optional("metric"))}; nan_euclidean can be served, a function of one's own cannot");
        }

        _count = node.CheckedInteger("n_neighbors", 1, int.MaxValue);
        _distances = new MissingDistances(rows, _missing);
        (_donorRows, _donors) = Donors(rows, _missing);
        _means = [.. Enumerable.Range(0, rows.Columns).Select(column => Mean(rows, _missing, column))];
        var keepsEmpty = node.Flag("keep_empty_features", false);
        _kept = [.. Enumerable.Range(0, rows.Columns).Where(column => keepsEmpty || _donors[column].Length > 0)];
        _indicated = MissingIndicator.ReadAdded(node, rows.Columns);
    }

    public static Estimator Read(EstimatorNode node)
    {
        var rows = node.Matrix("_fit_X");
        return rows.Rows > 0 && rows.Columns > 0 ? new KnnImputer(node, rows) : throw node.Error("'_fit_X' has no rows or no columns");
    }

    public override int OutputColumn(int column) => Array.IndexOf(_kept, column);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _kept.Length + _indicated.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        _missing.Check(x, Name);
        var work = new KnnWork(
            NeighborBuffer.Of(_distances.Count, scratch),
            scratch.Dense(1, _distances.Count).Values,
            scratch.Dense(1, _distances.Count).Values,
            scratch.Dense(1, rows.Columns * 3).Values);
        for (var row = 0; row < x.Rows; row++)
        {
            FillRow(rows.Row(row), ((DenseBlock)y).Row(row), work);
        }

        if (x.IsSingle)
        {
            Singles.Round((DenseBlock)y);
        }
    }

    private static (int[][] Rows, double[][] Values) Donors(Matrix rows, MissingValue missing)
    {
        var donors = Enumerable.Range(0, rows.Columns)
            .Select(column => Enumerable.Range(0, rows.Rows).Where(row => !missing.Is(rows.Row(row)[column])).ToArray())
            .ToArray();
        return (donors, [.. donors.Select((those, column) => those.Select(row => rows.Row(row)[column]).ToArray())]);
    }

    // numpy's masked arrays sum with zeros in the gaps.
    private static double Mean(Matrix rows, MissingValue missing, int column)
    {
        var values = new double[rows.Rows];
        var count = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            var value = rows.Row(row)[column];
            var isMissing = missing.Is(value);
            values[row] = isMissing ? 0 : value;
            count += isMissing ? 0 : 1;
        }

        return NumpySum.Of(values) / count;
    }

    private void FillRow(ReadOnlySpan<double> x, Span<double> y, KnnWork work)
    {
        var hasDistances = false;
        for (var i = 0; i < _kept.Length; i++)
        {
            var column = _kept[i];
            if (_donors[column].Length == 0)
            {
                y[i] = 0;
            }
            else if (!_missing.Is(x[column]))
            {
                y[i] = x[column];
            }
            else
            {
                if (!hasDistances)
                {
                    work.Found.Step((long)_distances.Count * x.Length);
                    _distances.Fill(x, work.Distances, work.Found.Distances, work.Columns);
                    hasDistances = true;
                }

                y[i] = Impute(column, work);
            }
        }

        for (var i = 0; i < _indicated.Length; i++)
        {
            y[_kept.Length + i] = _missing.Is(x[_indicated[i]]) ? 1 : 0;
        }
    }

    private double Impute(int column, KnnWork work)
    {
        var rows = _donorRows[column];
        var distances = work.Donors[..rows.Length];
        var hasDistance = false;
        for (var i = 0; i < rows.Length; i++)
        {
            distances[i] = work.Distances[rows[i]];
            hasDistance |= !double.IsNaN(distances[i]);
        }

        if (!hasDistance)
        {
            return _means[column];
        }

        var order = work.Found.Indices[..rows.Length];
        var count = Math.Min(_count, rows.Length);
        IntroSelect.Smallest(distances, order, count);
        return Average(_donors[column], distances, order[..count], work.Found.Distances);
    }

    // Rows at no distance count alone; those without a distance do not count.
    private double Average(double[] donors, ReadOnlySpan<double> distances, ReadOnlySpan<int> nearest, Span<double> work)
    {
        var weights = work[..nearest.Length];
        var hasZero = false;
        for (var i = 0; i < nearest.Length; i++)
        {
            weights[i] = _isWeighted ? 1 / distances[nearest[i]] : double.IsNaN(distances[nearest[i]]) ? 0 : 1;
            hasZero |= double.IsInfinity(weights[i]);
        }

        foreach (ref var weight in weights)
        {
            weight = hasZero ? double.IsInfinity(weight) ? 1 : 0 : double.IsNaN(weight) ? 0 : weight;
        }

        var whole = NumpySum.Of(weights);
        for (var i = 0; i < nearest.Length; i++)
        {
            weights[i] *= donors[nearest[i]];
        }

        var sum = NumpySum.Of(weights);
        return Math.Abs(sum) * SafeDivision >= Math.Abs(whole) ? sum : sum / whole;
    }

    /// <summary>The working memory of a call.</summary>
    /// <param name="found">A number and an index a training row.</param>
    /// <param name="distances">A number a training row.</param>
    /// <param name="donors">A number a training row.</param>
    /// <param name="columns">Three numbers a column.</param>
    private readonly ref struct KnnWork(NeighborBuffer found, Span<double> distances, Span<double> donors, Span<double> columns)
    {
        public NeighborBuffer Found { get; } = found;

        public Span<double> Distances { get; } = distances;

        public Span<double> Donors { get; } = donors;

        public Span<double> Columns { get; } = columns;
    }
}
