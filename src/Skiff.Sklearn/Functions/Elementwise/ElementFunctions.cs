using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The functions of numpy and scipy that map each number on its own, by name.</summary>
internal static class ElementFunctions
{
    private static readonly Dictionary<string, ElementFunction> Numpy = Index(
    [
        new("absolute", Math.Abs, TakesSparse: true),
        new("abs", Math.Abs, TakesSparse: true),
        new("fabs", Math.Abs),
        new("negative", x => -x, TakesSparse: true),
        new("positive", x => x),
        new("sign", Sign),
        new("sqrt", Math.Sqrt, TakesSparse: true),
        new("cbrt", Math.Cbrt),
        new("square", x => x * x),
        new("reciprocal", x => 1 / x),
        new("exp", Math.Exp),
        new("exp2", x => Math.Pow(2, x)),
        new("expm1", SpecialFunctions.Expm1, TakesSparse: true),
        new("log", Math.Log),
        new("log2", Math.Log2),
        new("log10", Math.Log10),
        new("log1p", SpecialFunctions.Log1p, TakesSparse: true),
        new("sin", Math.Sin, TakesSparse: true),
        new("cos", Math.Cos),
        new("tan", Math.Tan, TakesSparse: true),
        new("arcsin", Math.Asin, TakesSparse: true),
        new("arccos", Math.Acos),
        new("arctan", Math.Atan, TakesSparse: true),
        new("sinh", Math.Sinh, TakesSparse: true),
        new("cosh", Math.Cosh),
        new("tanh", Math.Tanh, TakesSparse: true),
        new("arcsinh", Math.Asinh, TakesSparse: true),
        new("arccosh", Math.Acosh),
        new("arctanh", Math.Atanh, TakesSparse: true),
        new("deg2rad", x => x * (Math.PI / 180), TakesSparse: true),
        new("radians", x => x * (Math.PI / 180)),
        new("rad2deg", x => x * (180 / Math.PI), TakesSparse: true),
        new("degrees", x => x * (180 / Math.PI)),
        new("floor", Math.Floor),
        new("ceil", Math.Ceiling),
        new("trunc", Math.Truncate),
        new("fix", Math.Truncate),
        new("rint", x => Math.Round(x, MidpointRounding.ToEven), TakesSparse: true),
        new("isnan", x => double.IsNaN(x) ? 1 : 0) { IsSingle = false },
        new("isinf", x => double.IsInfinity(x) ? 1 : 0) { IsSingle = false },
        new("isfinite", x => double.IsFinite(x) ? 1 : 0) { IsSingle = false },
        new("signbit", x => double.IsNegative(x) && !double.IsNaN(x) ? 1 : 0) { IsSingle = false },
        new("logical_not", x => x == 0 ? 1 : 0) { IsSingle = false },
        new("float32", x => (float)x) { IsSingle = true },
        new("float64", x => x) { IsSingle = false },
        new("array", x => x),
        new("asarray", x => x),
        new("copy", x => x),
        new("real", x => x),
    ]);

    private static readonly Dictionary<string, ElementFunction> Special = Index(
    [
        new("expit", Kernels.Expit),
        new("logit", p => Math.Log(p / (1 - p))),
        new("expm1", SpecialFunctions.Expm1),
        new("log1p", SpecialFunctions.Log1p),
        new("exp2", x => Math.Pow(2, x)),
        new("exp10", x => Math.Pow(10, x)),
        new("cbrt", Math.Cbrt),
        new("erfc", SpecialFunctions.Erfc),
        new("erf", x => 1 - SpecialFunctions.Erfc(x)),
        new("ndtr", SpecialFunctions.NormalCdf),
        new("ndtri", SpecialFunctions.NormalQuantile),
    ]);

    /// <summary>The function that a value in a file stands for, or null where it is none of these.</summary>
    /// <param name="value">What the file holds.</param>
    /// <param name="keywords">What it is called with besides the numbers, or null.</param>
    /// <exception cref="ModelLoadException">It is one, but not with these keywords.</exception>
    public static ElementFunction? Find(object? value, PyDict? keywords = null)
    {
        if (NumpyName.Of(value) is not { } found)
        {
            return null;
        }

        var (library, name) = found;
        var arguments = new Keywords($"{library}.{name}", keywords);
        var function = library == "numpy" ? WithKeywords(name, arguments) ?? Numpy.GetValueOrDefault(name) : Special.GetValueOrDefault(name);
        arguments.RequireUsed();
        return function;
    }

    private static ElementFunction? WithKeywords(string name, Keywords arguments)
    {
        switch (name)
        {
            case "clip":
                var lowest = arguments.Number("a_min") ?? arguments.Number("min") ?? double.NegativeInfinity;
                var highest = arguments.Number("a_max") ?? arguments.Number("max") ?? double.PositiveInfinity;
                return new ElementFunction(name, x => Math.Min(highest, Math.Max(lowest, x)));
            case "nan_to_num":
                var missing = arguments.Number("nan") ?? 0;
                var above = arguments.Number("posinf") ?? double.MaxValue;
                var below = arguments.Number("neginf") ?? double.MinValue;
                arguments.Ignore("copy");
                return new ElementFunction(name, x => double.IsNaN(x) ? missing : double.IsPositiveInfinity(x) ? above : double.IsNegativeInfinity(x) ? below : x);
            case "round" or "round_" or "around":
                var decimals = (int)Math.Clamp(arguments.Number("decimals") ?? 0, -300, 300);
                return new ElementFunction(name, x => Round(x, decimals));
            default:
                return null;
        }
    }

    // As numpy: scaled by a power of ten, rounded to even, scaled back.
    private static double Round(double x, int decimals)
    {
        var scale = Math.Pow(10, Math.Abs(decimals));
        return decimals >= 0 ? Math.Round(x * scale, MidpointRounding.ToEven) / scale : Math.Round(x / scale, MidpointRounding.ToEven) * scale;
    }

    private static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;

    private static Dictionary<string, ElementFunction> Index(ReadOnlySpan<ElementFunction> functions)
    {
        var byName = new Dictionary<string, ElementFunction>();
        foreach (var function in functions)
        {
            byName.Add(function.Name, function);
        }

        return byName;
    }

    // What a call's keywords say; one that nobody has asked for would change the answer unseen.
    private sealed class Keywords(string function, PyDict? dict)
    {
        private readonly HashSet<string> _used = [];

        public double? Number(string name)
        {
            _used.Add(name);
            return dict is not null && dict.TryGetValue(name, out var value) && value is not null
                ? EstimatorNode.AsNumber(value) ?? throw new ModelLoadException($"{function}: the keyword '{name}' is {Describe.Value(value)}; expected a number")
                : null;
        }

        public void Ignore(string name) => _used.Add(name);

        public void RequireUsed()
        {
            foreach (var (key, _) in dict?.Entries ?? [])
            {
                if (key is not string name || !_used.Contains(name))
                {
                    throw new ModelLoadException($"{function}: the keyword {Describe.Value(key)} is not supported");
                }
            }
        }
    }
}
