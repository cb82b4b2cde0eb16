using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>What becomes of numbers beyond the knots.</summary>
internal enum SplineExtrapolation
{
    Error,
    Constant,
    Linear,
    Continue,
    Periodic,
}

/// <summary>The splines of one column, with what stands for them beyond their knots.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_polynomial.py</c>, <c>SplineTransformer.transform</c>, the body of its loop over the columns.</remarks>
internal sealed class SplineColumn
{
    private readonly BSpline _spline;
    private readonly SplineExtrapolation _extrapolation;
    private readonly double _lowest;
    private readonly double _highest;
    private readonly int _linear;
    private readonly double[] _atLowest;
    private readonly double[] _atHighest;
    private readonly double[] _slopeAtLowest;
    private readonly double[] _slopeAtHighest;

    /// <param name="spline">The splines.</param>
    /// <param name="extrapolation">What becomes of numbers beyond their knots.</param>
    /// <param name="edge">How many knots from either end the numbers count as beyond them.</param>
    /// <param name="linear">How many splines from either end go on as lines.</param>
    public SplineColumn(BSpline spline, SplineExtrapolation extrapolation, int edge, int linear)
    {
        _spline = spline;
        _extrapolation = extrapolation;
        _linear = linear;
        _lowest = spline.Knots[edge];
        _highest = spline.Knots[^(edge + 1)];
        _atLowest = At(_lowest, isDerivative: false);
        _atHighest = At(_highest, isDerivative: false);
        _slopeAtLowest = At(_lowest, isDerivative: true);
        _slopeAtHighest = At(_highest, isDerivative: true);
    }

    /// <summary>How many splines there are.</summary>
    public int Count => _spline.Count;

    /// <summary>The value of each spline.</summary>
    /// <exception cref="InputException">The number is beyond the knots, where that is an error.</exception>
    public void Evaluate(double x, Span<double> y, int row, int column)
    {
        switch (_extrapolation)
        {
            case SplineExtrapolation.Continue:
                _spline.Evaluate(x, isDerivative: false, isContinued: true, y);
                break;
            case SplineExtrapolation.Periodic:
                _spline.Evaluate(Wrap(x), isDerivative: false, isContinued: true, y);
                break;
            case SplineExtrapolation.Error:
                _spline.Evaluate(x, isDerivative: false, isContinued: false, y);
                if (double.IsNaN(y[0]))
                {
                    throw Beyond(x, row, column);
                }

                break;
            default:
                EvaluateWithin(x, y, row, column);
                break;
        }
    }

    private void EvaluateWithin(double x, Span<double> y, int row, int column)
    {
        y.Clear();
        if (_lowest <= x && x <= _highest)
        {
            _spline.Evaluate(x, isDerivative: false, isContinued: false, y);
        }

        if (_extrapolation == SplineExtrapolation.Linear)
        {
            GoOn(x, y);
            return;
        }

        var degree = _spline.Degree;
        if (x < _lowest)
        {
            _atLowest.AsSpan(0, degree).CopyTo(y);
        }

        if (x > _highest)
        {
            // With degree 0 scikit-learn's slice of the last none is the whole, which it cannot assign.
            if (degree == 0 && y.Length > 1)
            {
                throw Beyond(x, row, column);
            }

            _atHighest.AsSpan(y.Length - degree).CopyTo(y[^degree..]);
        }
    }

    private void GoOn(double x, Span<double> y)
    {
        for (var j = 0; j < _linear; j++)
        {
            if (x < _lowest)
            {
                y[j] = _atLowest[j] + ((x - _lowest) * _slopeAtLowest[j]);
            }

            if (x > _highest)
            {
                var k = y.Length - 1 - j;
                y[k] = _atHighest[k] + ((x - _highest) * _slopeAtHighest[k]);
            }
        }
    }

    // As numpy's remainder: with the sign of the period.
    private double Wrap(double x)
    {
        var period = _spline.End - _spline.Start;
        if (!(period > 0))
        {
            return 0;
        }

        var rest = (x - _spline.Start) % period;
        return _spline.Start + (rest < 0 ? rest + period : rest);
    }

    private double[] At(double x, bool isDerivative)
    {
        var values = new double[_spline.Count];
        _spline.Evaluate(x, isDerivative, isContinued: false, values);
        return values;
    }

    private static InputException Beyond(double x, int row, int column) =>
        InputException.AtCell(row, column, $"{PyFloat.Format(x)} lies beyond the knots of SplineTransformer, which it was told to refuse");
}
