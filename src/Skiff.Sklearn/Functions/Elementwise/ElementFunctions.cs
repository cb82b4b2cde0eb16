using System.Collections.Frozen;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The functions of numpy and scipy that map each number on its own, by name.</summary>
internal static class ElementFunctions
{
    // What scipy's sparse matrices have as methods, zero being zero.
    private static readonly FrozenSet<string> OfSparse = FrozenSet.Create(
        StringComparer.Ordinal,
        "absolute", "abs", "negative", "sqrt", "expm1", "log1p", "sin", "tan", "arcsin", "arctan", "sinh", "tanh", "arcsinh", "arctanh", "deg2rad", "rad2deg", "rint");

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
        var function = library == "numpy" ? WithKeywords(name, arguments) ?? OfNumpy(name)
            : ElementwiseMath.Special.TryGetValue(name, out var special) ? new ElementFunction(name, special)
            : null;
        if (function is not null)
        {
            arguments.RequireUsed();
        }

        return function;
    }

    private static ElementFunction? OfNumpy(string name) => name switch
    {
        "float32" => new ElementFunction(name, x => (float)x) { IsSingle = true },
        "float64" => new ElementFunction(name, x => x) { IsSingle = false },
        "array" or "asarray" or "copy" or "real" => new ElementFunction(name, x => x),
        _ when ElementwiseMath.Numpy.TryGetValue(name, out var function) => new ElementFunction(name, function, OfSparse.Contains(name)),
        _ when ElementwiseMath.Tests.TryGetValue(name, out var test) => new ElementFunction(name, x => test(x) ? 1 : 0) { IsSingle = false },
        _ => null,
    };

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
                return new ElementFunction(name, x => ElementwiseMath.Round(x, decimals));
            default:
                return null;
        }
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
