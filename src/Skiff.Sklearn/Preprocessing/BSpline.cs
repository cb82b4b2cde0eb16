using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>scipy's <c>BSpline</c>: several splines on the same knots.</summary>
/// <remarks>scipy 1.17, <c>scipy/interpolate/_bsplines.py</c> and <c>src/__fitpack.cc</c>: de Boor's recursion over the knots around a number.</remarks>
internal sealed class BSpline
{
    private const int MaximumDegree = 64;

    private readonly double[] _coefficients;
    private readonly int _last;

    private BSpline(double[] knots, double[] coefficients, int count, int degree)
    {
        Knots = knots;
        Count = count;
        Degree = degree;
        _coefficients = coefficients;
        _last = knots.Length - degree - 1;
    }

    /// <summary>The knots, rising.</summary>
    public double[] Knots { get; }

    /// <summary>How many splines there are.</summary>
    public int Count { get; }

    /// <summary>The degree of their polynomials.</summary>
    public int Degree { get; }

    /// <summary>Where the knots begin that splines of full support have around them.</summary>
    public double Start => Knots[Degree];

    /// <summary>Where they end.</summary>
    public double End => Knots[_last];

    /// <summary>Reads one; scipy before 1.16 calls the knots <c>t</c> and the coefficients <c>c</c>, later ones <c>_t</c> and <c>_c</c>.</summary>
    public static BSpline Read(EstimatorNode node, object? value, string place)
    {
        if (value is not PyInstance { Type.Name: "BSpline" } spline
            || Attribute(spline, "t", "_t") is not NdArray { Rank: 1, IsNumeric: true } knots
            || Attribute(spline, "c", "_c") is not NdArray { Rank: 2, IsNumeric: true } coefficients
            || EstimatorNode.AsInteger(Attribute(spline, "k", "k")) is not { } degree)
        {
            throw node.Error($"'{place}' is {Describe.Value(value)}; expected a BSpline with knots, coefficients and a degree");
        }

        return degree is >= 0 and <= MaximumDegree && knots.Size >= (2 * degree) + 2 && coefficients.Shape[0] >= knots.Size - degree - 1 && coefficients.Shape[1] > 0
            ? new BSpline(knots.ToDoubles(), coefficients.ToDoubles(), coefficients.Shape[1], (int)degree)
            : throw node.Error($"'{place}' has {knots.Size} knots and coefficients of {coefficients.ShapeText}, which do not fit the degree {degree}");
    }

    /// <summary>The value of every spline at <paramref name="x"/>, or their derivatives there; NaN where that is beyond the knots and nothing is continued.</summary>
    public void Evaluate(double x, bool isDerivative, bool isContinued, Span<double> y)
    {
        if (double.IsNaN(x) || (!isContinued && (x < Start || x > End)))
        {
            y.Fill(double.NaN);
            return;
        }

        var interval = Interval(x);
        Span<double> weights = stackalloc double[MaximumDegree + 1];
        Weights(x, interval, isDerivative, weights);
        y.Clear();
        for (var a = 0; a <= Degree; a++)
        {
            var row = _coefficients.AsSpan((interval + a - Degree) * Count, Count);
            for (var k = 0; k < y.Length; k++)
            {
                y[k] += row[k] * weights[a];
            }
        }
    }

    private static object? Attribute(PyInstance instance, string name, string later) =>
        ModelImportances.Attribute(instance, name) ?? ModelImportances.Attribute(instance, later);

    // The last knot at or below x, among those with polynomials on both sides.
    private int Interval(double x)
    {
        var (low, high) = (Degree + 1, _last);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (x >= Knots[middle])
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

    private void Weights(double x, int interval, bool isDerivative, Span<double> h)
    {
        Span<double> before = stackalloc double[MaximumDegree + 1];
        h[0] = 1;
        for (var j = 1; j <= Degree; j++)
        {
            h[..j].CopyTo(before);
            h[0] = 0;
            var derives = isDerivative && j == Degree;
            for (var n = 1; n <= j; n++)
            {
                var right = Knots[interval + n];
                var left = Knots[interval + n - j];
                if (right == left)
                {
                    h[derives ? 1 : n] = 0;
                    continue;
                }

                if (derives)
                {
                    var slope = j * before[n - 1] / (right - left);
                    h[n - 1] -= slope;
                    h[n] = slope;
                    continue;
                }

                var weight = before[n - 1] / (right - left);
                h[n - 1] += weight * (right - x);
                h[n] = weight * (x - left);
            }
        }

        if (isDerivative && Degree == 0)
        {
            h[0] = 0;
        }
    }
}
