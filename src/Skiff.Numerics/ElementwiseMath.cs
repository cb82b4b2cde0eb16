using System.Collections.Frozen;

namespace Skiff.Numerics;

/// <summary>The functions of numpy and scipy that map each number on its own, by the names they have there.</summary>
public static class ElementwiseMath
{
    /// <summary>Numpy's.</summary>
    public static FrozenDictionary<string, Func<double, double>> Numpy { get; } = new Dictionary<string, Func<double, double>>
    {
        ["absolute"] = Math.Abs,
        ["abs"] = Math.Abs,
        ["fabs"] = Math.Abs,
        ["negative"] = x => -x,
        ["positive"] = x => x,
        ["sign"] = x => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x,
        ["sqrt"] = Math.Sqrt,
        ["cbrt"] = Math.Cbrt,
        ["square"] = x => x * x,
        ["reciprocal"] = x => 1 / x,
        ["exp"] = Math.Exp,
        ["exp2"] = x => Math.Pow(2, x),
        ["expm1"] = SpecialFunctions.Expm1,
        ["log"] = Math.Log,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["log1p"] = SpecialFunctions.Log1p,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["arcsin"] = Math.Asin,
        ["arccos"] = Math.Acos,
        ["arctan"] = Math.Atan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["arcsinh"] = Math.Asinh,
        ["arccosh"] = Math.Acosh,
        ["arctanh"] = Math.Atanh,
        ["deg2rad"] = x => x * (Math.PI / 180),
        ["radians"] = x => x * (Math.PI / 180),
        ["rad2deg"] = x => x * (180 / Math.PI),
        ["degrees"] = x => x * (180 / Math.PI),
        ["floor"] = Math.Floor,
        ["ceil"] = Math.Ceiling,
        ["trunc"] = Math.Truncate,
        ["fix"] = Math.Truncate,
        ["rint"] = x => Math.Round(x, MidpointRounding.ToEven),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Numpy's that answer yes or no.</summary>
    public static FrozenDictionary<string, Func<double, bool>> Tests { get; } = new Dictionary<string, Func<double, bool>>
    {
        ["isnan"] = double.IsNaN,
        ["isinf"] = double.IsInfinity,
        ["isfinite"] = double.IsFinite,
        ["signbit"] = x => double.IsNegative(x) && !double.IsNaN(x),
        ["logical_not"] = x => x == 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those of <c>scipy.special</c>.</summary>
    public static FrozenDictionary<string, Func<double, double>> Special { get; } = new Dictionary<string, Func<double, double>>
    {
        ["expit"] = SpecialFunctions.Expit,
        ["logit"] = p => Math.Log(p / (1 - p)),
        ["expm1"] = SpecialFunctions.Expm1,
        ["log1p"] = SpecialFunctions.Log1p,
        ["exp2"] = x => Math.Pow(2, x),
        ["exp10"] = x => Math.Pow(10, x),
        ["cbrt"] = Math.Cbrt,
        ["erfc"] = SpecialFunctions.Erfc,
        ["erf"] = x => 1 - SpecialFunctions.Erfc(x),
        ["ndtr"] = SpecialFunctions.NormalCdf,
        ["ndtri"] = SpecialFunctions.NormalQuantile,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary><c>numpy.round</c>: scaled by a power of ten, rounded to even, scaled back.</summary>
    public static double Round(double x, int decimals)
    {
        var scale = Math.Pow(10, Math.Abs(decimals));
        return decimals >= 0 ? Math.Round(x * scale, MidpointRounding.ToEven) / scale : Math.Round(x / scale, MidpointRounding.ToEven) * scale;
    }
}
