namespace Skiff.Sklearn;

/// <summary>The logarithm of the density of several normal distributions, whatever form their covariances have.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/mixture/_gaussian_mixture.py</c>, <c>_estimate_log_gaussian_prob</c>; the same since 0.22.</remarks>
internal abstract class GaussianComponents
{
    private readonly double _constant;

    private GaussianComponents(Matrix means)
    {
        Means = means;
        _constant = means.Columns * Math.Log(2 * Math.PI);
    }

    /// <summary>One row a component, one column a feature.</summary>
    public Matrix Means { get; }

    /// <summary>Half the logarithm of each precision's determinant.</summary>
    protected abstract double[] LogDeterminants { get; }

    /// <summary>Reads <c>means_</c>, <c>covariance_type</c> and <c>precisions_cholesky_</c>.</summary>
    public static GaussianComponents Read(EstimatorNode node)
    {
        var means = node.Matrix("means_");
        if (means.Rows == 0 || means.Columns == 0)
        {
            throw node.Error("'means_' is empty");
        }

        return node.Text("covariance_type", "full") switch
        {
            "full" => new Full(means, ReadFull(node, means)),
            "tied" => new Tied(means, node.Matrix("precisions_cholesky_", means.Columns, means.Columns)),
            "diag" => new Diagonal(means, node.Matrix("precisions_cholesky_", means.Rows, means.Columns)),
            "spherical" => new Spherical(means, node.Vector("precisions_cholesky_", means.Rows)),
            var other => throw node.Error($"'covariance_type' is '{other}'; full, tied, diag and spherical are known"),
        };
    }

    /// <summary>How much work a row is, for <see cref="Models.Scratch.Step"/>.</summary>
    public virtual long Work => (long)Means.Rows * Means.Columns;

    /// <summary>The logarithm of every component's density at a row.</summary>
    /// <param name="x">The row.</param>
    /// <param name="densities">One a component.</param>
    /// <param name="buffer">Working memory of a row's width.</param>
    public void Fill(ReadOnlySpan<double> x, Span<double> densities, Span<double> buffer)
    {
        Distances(x, densities, buffer);
        for (var k = 0; k < densities.Length; k++)
        {
            densities[k] = (-0.5 * (_constant + densities[k])) + LogDeterminants[k];
        }
    }

    /// <summary>The square of the distance to every mean, in units of the component's own spread.</summary>
    protected abstract void Distances(ReadOnlySpan<double> x, Span<double> distances, Span<double> buffer);

    private static Matrix[] ReadFull(EstimatorNode node, Matrix means)
    {
        var size = means.Columns;
        var array = node.Array("precisions_cholesky_");
        if (!array.IsNumeric || array.Rank != 3 || array.Shape[0] != means.Rows || array.Shape[1] != size || array.Shape[2] != size)
        {
            throw node.Unexpected("precisions_cholesky_", $"numbers of the shape ({means.Rows}, {size}, {size})");
        }

        var values = array.ToDoubles();
        return [.. Enumerable.Range(0, means.Rows).Select(k => new Matrix(size, size, values[(k * size * size)..((k + 1) * size * size)], false))];
    }

    private static double DiagonalLogarithm(Matrix factor)
    {
        var logarithms = new double[factor.Rows];
        for (var j = 0; j < logarithms.Length; j++)
        {
            logarithms[j] = Math.Log(factor.Row(j)[j]);
        }

        return NumpySum.Of(logarithms);
    }

    private static double[] Project(ReadOnlySpan<double> row, Matrix axes)
    {
        var projected = new double[axes.Rows];
        Project(row, axes, projected);
        return projected;
    }

    private static void Project(ReadOnlySpan<double> row, Matrix axes, Span<double> projected)
    {
        for (var axis = 0; axis < projected.Length; axis++)
        {
            projected[axis] = Kernels.Dot(row, axes.Row(axis));
        }
    }

    // A factor's columns are the axes; transposed they lie side by side.
    private sealed class Full(Matrix means, Matrix[] factors) : GaussianComponents(means)
    {
        private readonly Matrix[] _axes = [.. factors.Select(factor => factor.Transpose())];
        private readonly double[][] _centers = [.. factors.Select((factor, k) => Project(means.Row(k), factor.Transpose()))];

        public override long Work => base.Work * Means.Columns;

        protected override double[] LogDeterminants { get; } = [.. factors.Select(DiagonalLogarithm)];

        protected override void Distances(ReadOnlySpan<double> x, Span<double> distances, Span<double> buffer)
        {
            for (var k = 0; k < distances.Length; k++)
            {
                Project(x, _axes[k], buffer);
                for (var axis = 0; axis < buffer.Length; axis++)
                {
                    var difference = buffer[axis] - _centers[k][axis];
                    buffer[axis] = difference * difference;
                }

                distances[k] = NumpySum.Of(buffer);
            }
        }
    }

    private sealed class Tied(Matrix means, Matrix factor) : GaussianComponents(means)
    {
        private readonly Matrix _axes = factor.Transpose();
        private readonly double[][] _centers = [.. Enumerable.Range(0, means.Rows).Select(k => Project(means.Row(k), factor.Transpose()))];

        public override long Work => base.Work + ((long)Means.Columns * Means.Columns);

        protected override double[] LogDeterminants { get; } = [.. Enumerable.Repeat(DiagonalLogarithm(factor), means.Rows)];

        protected override void Distances(ReadOnlySpan<double> x, Span<double> distances, Span<double> buffer)
        {
            Project(x, _axes, buffer);
            for (var k = 0; k < distances.Length; k++)
            {
                var sum = 0.0;
                for (var axis = 0; axis < buffer.Length; axis++)
                {
                    var difference = buffer[axis] - _centers[k][axis];
                    sum += difference * difference;
                }

                distances[k] = sum;
            }
        }
    }

    // By way of products, as there: where a row lies far away the last digits are those of its square.
    private sealed class Diagonal : GaussianComponents
    {
        private readonly Matrix _precisions;
        private readonly Matrix _weighted;
        private readonly double[] _squares;

        public Diagonal(Matrix means, Matrix factors)
            : base(means)
        {
            _precisions = factors with { Values = [.. factors.Values.Select(value => value * value)] };
            _weighted = factors with { Values = [.. means.Values.Select((mean, i) => mean * _precisions.Values[i])] };
            _squares = [.. Enumerable.Range(0, means.Rows).Select(k => Kernels.Dot(means.Row(k), _weighted.Row(k)))];
            LogDeterminants = [.. Enumerable.Range(0, means.Rows).Select(k => NumpySum.Of([.. factors.Row(k).ToArray().Select(value => Math.Log(value))]))];
        }

        protected override double[] LogDeterminants { get; }

        protected override void Distances(ReadOnlySpan<double> x, Span<double> distances, Span<double> buffer)
        {
            for (var j = 0; j < x.Length; j++)
            {
                buffer[j] = x[j] * x[j];
            }

            for (var k = 0; k < distances.Length; k++)
            {
                distances[k] = _squares[k] - (2 * Kernels.Dot(x, _weighted.Row(k))) + Kernels.Dot(buffer, _precisions.Row(k));
            }
        }
    }

    private sealed class Spherical(Matrix means, double[] factors) : GaussianComponents(means)
    {
        private readonly double[] _squares = [.. Enumerable.Range(0, means.Rows).Select(k => Kernels.Dot(means.Row(k), means.Row(k)))];

        protected override double[] LogDeterminants { get; } = [.. factors.Select(factor => means.Columns * Math.Log(factor))];

        protected override void Distances(ReadOnlySpan<double> x, Span<double> distances, Span<double> buffer)
        {
            var square = Kernels.Dot(x, x);
            for (var k = 0; k < distances.Length; k++)
            {
                var precision = factors[k] * factors[k];
                distances[k] = (_squares[k] * precision) - (2 * Kernels.Dot(x, Means.Row(k)) * precision) + (square * precision);
            }
        }
    }
}
