using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>RBF</c>, <c>Matern</c>, <c>RationalQuadratic</c> and <c>ExpSineSquared</c>: functions of the distance, 1 where that is zero.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/gaussian_process/kernels.py</c>; the same since 0.22.</remarks>
internal sealed class DistanceKernel : ProcessKernel
{
    // What scikit-learn puts for a distance of zero where the Bessel function has none.
    private const double Epsilon = 2.220446049250313e-16;

    private readonly LaneTable<SquareStep> _squares;
    private readonly double[] _scales;
    private readonly DistanceForm _form;
    private readonly double _first;
    private readonly double _second;

    /// <param name="rows">The training rows.</param>
    /// <param name="scales">What the columns are divided by: one each, or one for all.</param>
    /// <param name="form">The function.</param>
    /// <param name="first">Its first parameter: nu of Matern, alpha, or the periodicity.</param>
    /// <param name="second">Its second parameter: the length scale where that does not divide the columns.</param>
    public DistanceKernel(Matrix rows, double[] scales, DistanceForm form, double first = 0, double second = 1)
    {
        _scales = scales;
        _form = form;
        _first = first;
        _second = second;
        var scaled = rows.Values.ToArray();
        for (var row = 0; row < rows.Rows; row++)
        {
            Scale(scaled.AsSpan(row * rows.Columns, rows.Columns));
        }

        _squares = new LaneTable<SquareStep>(rows with { Values = scaled }, new SquaredEuclideanMetric());
    }

    public override int Work => _squares.Width;

    public override void Fill(DenseBlock x, int row, Span<double> values, Span<double> work)
    {
        var query = work[.._squares.Width];
        x.Row(row).CopyTo(query);
        Scale(query);
        _squares.Fill(query, values);
        foreach (ref var value in values)
        {
            value = Apply(value);
        }
    }

    public override double Diagonal(DenseBlock x, int row) => 1;

    private void Scale(Span<double> row)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] /= _scales[_scales.Length == 1 ? 0 : j];
        }
    }

    private double Apply(double square)
    {
        switch (_form)
        {
            case DistanceForm.Radial:
                return Math.Exp(-0.5 * square);
            case DistanceForm.RationalQuadratic:
                return Math.Pow(1 + (square / (2 * _first * _second * _second)), -_first);
            case DistanceForm.Periodic:
                var ratio = Math.Sin(Math.PI / _first * Math.Sqrt(square)) / _second;
                return Math.Exp(-2 * ratio * ratio);
            default:
                return Matern(Math.Sqrt(square));
        }
    }

    private double Matern(double distance)
    {
        if (_first == 0.5)
        {
            return Math.Exp(-distance);
        }

        if (_first == 1.5)
        {
            var k = distance * Math.Sqrt(3);
            return (1 + k) * Math.Exp(-k);
        }

        if (_first == 2.5)
        {
            var k = distance * Math.Sqrt(5);
            return (1 + k + (k * k / 3)) * Math.Exp(-k);
        }

        return double.IsPositiveInfinity(_first)
            ? Math.Exp(-distance * distance / 2)
            : BesselKernel.Value(_first, Math.Sqrt(2 * _first) * (distance == 0 ? Epsilon : distance));
    }
}
