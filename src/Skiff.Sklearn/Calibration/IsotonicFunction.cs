using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The function of an isotonic regression: lines through points that never turn.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/isotonic.py</c>, <c>_transform</c>, with scipy's linear <c>interp1d</c>. The points were called
/// <c>_necessary_X_</c> and <c>_necessary_y_</c> until 0.23.
/// </remarks>
internal sealed class IsotonicFunction
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly Bounds _bounds;
    private readonly double _lowest;
    private readonly double _highest;
    private readonly bool _isSingle;

    private IsotonicFunction(EstimatorNode node, string x, string y)
    {
        _x = node.Vector(x);
        _y = node.Vector(y, _x.Length);
        _isSingle = node.Array(x).Type.Kind == Numerics.DTypeKind.Float32;
        _lowest = node.Number("X_min_");
        _highest = node.Number("X_max_");
        _bounds = node.Text("out_of_bounds", "nan") switch
        {
            "nan" => Bounds.NotANumber,
            "clip" => Bounds.Clip,
            "raise" => Bounds.Raise,
            var other => throw node.Error($"'out_of_bounds' is '{other}'; nan, clip and raise are known"),
        };
        if (_x.Length == 0 || !IsRising(_x) || !_y.All(double.IsFinite) || !(_lowest <= _highest))
        {
            throw node.Error($"'{x}' and '{y}' are no points whose places rise");
        }
    }

    private enum Bounds
    {
        NotANumber,
        Clip,
        Raise,
    }

    /// <summary>Whether scikit-learn computes in float32, as it does where it was fitted so.</summary>
    public bool IsSingle => _isSingle;

    public static IsotonicFunction Read(EstimatorNode node) => node.Has("_necessary_X_")
        ? new(node, "_necessary_X_", "_necessary_y_")
        : new(node, "X_thresholds_", "y_thresholds_");

    /// <summary>The value at a place.</summary>
    /// <param name="x">The place.</param>
    /// <param name="row">The row it comes from, for messages.</param>
    /// <exception cref="InputException">It lies outside the fitted places, and the regression was told to refuse that.</exception>
    public double Apply(double x, int row)
    {
        x = _isSingle ? (float)x : x;
        if (_bounds == Bounds.Clip)
        {
            x = Math.Min(Math.Max(x, _lowest), _highest);
        }

        if (_x.Length == 1)
        {
            return _y[0];
        }

        if (!(x >= _x[0] && x <= _x[^1]))
        {
            return _bounds == Bounds.Raise
                ? throw new InputException(InputErrorKind.Value, $"row {row}: {Numerics.PyFloat.Format(x)} lies outside the places that IsotonicRegression was fitted on", row)
                : double.NaN;
        }

        var y = NumpyInterpolation.At(x, _x, _y);
        return _isSingle ? (float)y : y;
    }

    private static bool IsRising(double[] places)
    {
        for (var i = 1; i < places.Length; i++)
        {
            if (!(places[i] >= places[i - 1]))
            {
                return false;
            }
        }

        return double.IsFinite(places[0]) && double.IsFinite(places[^1]);
    }
}
