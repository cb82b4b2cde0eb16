using System.Globalization;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>What an objective of lightgbm makes of the sums of leaves.</summary>
internal enum LgbmLink
{
    /// <summary>The sum itself.</summary>
    Identity,

    /// <summary>Its square with its sign: of a regression on square roots.</summary>
    SignedSquare,

    /// <summary>The logistic function of each output.</summary>
    Logistic,

    /// <summary>The exponential function.</summary>
    Exponential,

    /// <summary><c>log(1 + exp(x))</c>.</summary>
    SoftPlus,

    /// <summary>A probability an output.</summary>
    Softmax,
}

/// <summary>How an objective answers. All of it is float64.</summary>
/// <remarks>
/// lightgbm 4.6, <c>src/objective/*.hpp</c>, <c>ConvertOutput</c> and the constructors from texts; <c>include/LightGBM/config.h</c>,
/// <c>ParseObjectiveAlias</c>.
/// </remarks>
internal readonly struct LgbmObjective
{
    private readonly double _slope;

    private LgbmObjective(LgbmLink link, double slope)
    {
        Link = link;
        _slope = slope;
    }

    /// <summary>What it makes of the sums.</summary>
    public LgbmLink Link { get; }

    /// <summary>Finds an objective.</summary>
    /// <param name="text">Its name and its parameters; null where a caller's function was the objective.</param>
    /// <param name="outputs">How many numbers a row has.</param>
    /// <exception cref="PayloadException">It is unknown, or does not fit the outputs.</exception>
    public static LgbmObjective Find(string? text, int outputs)
    {
        var words = (text ?? "custom").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = words.Length == 0 ? string.Empty : words[0];
        var link = name switch
        {
            "regression" or "regression_l2" or "mean_squared_error" or "mse" or "l2" or "l2_root" or "root_mean_squared_error" or "rmse"
                or "regression_l1" or "mean_absolute_error" or "l1" or "mae"
                or "quantile" or "mape" or "mean_absolute_percentage_error" => words.Contains("sqrt") ? LgbmLink.SignedSquare : LgbmLink.Identity,
            "huber" or "fair" or "lambdarank" or "rank_xendcg" or "xendcg" or "xe_ndcg" or "xe_ndcg_mart" or "xendcg_mart"
                or "custom" or "none" or "null" or "na" => LgbmLink.Identity,
            "poisson" or "gamma" or "tweedie" => LgbmLink.Exponential,
            "binary" or "multiclassova" or "multiclass_ova" or "ova" or "ovr" or "cross_entropy" or "xentropy" => LgbmLink.Logistic,
            "cross_entropy_lambda" or "xentlambda" => LgbmLink.SoftPlus,
            "multiclass" or "softmax" => LgbmLink.Softmax,
            _ => throw new PayloadException($"the objective '{(name.Length <= 40 ? name : "?")}' is unknown; those of lightgbm 2.1 to 4.7 are read"),
        };
        var isOfMany = link == LgbmLink.Softmax || name is "multiclassova" or "multiclass_ova" or "ova" or "ovr" or "custom" or "none" or "null" or "na";
        if (!isOfMany && outputs != 1)
        {
            throw new PayloadException($"the objective '{name}' has one output; there are {outputs}");
        }

        if (Parameter(words, "num_class:") is { } classes && classes != outputs)
        {
            throw new PayloadException($"the objective '{name}' has {classes} outputs; there are {outputs}");
        }

        var slope = Parameter(words, "sigmoid:") ?? 1;
        return slope > 0 ? new LgbmObjective(link, slope) : throw new PayloadException($"the objective '{name}' has the slope {slope}, which is not above zero");
    }

    /// <summary>Turns the sums of every row into answers, in place.</summary>
    public void Answer(DenseBlock sums)
    {
        for (var row = 0; row < sums.Rows && Link != LgbmLink.Identity; row++)
        {
            var values = sums.Row(row);
            if (Link == LgbmLink.Softmax)
            {
                Softmax(values);
                continue;
            }

            foreach (ref var value in values)
            {
                value = Apply(value);
            }
        }
    }

    private double Apply(double x) => Link switch
    {
        LgbmLink.SignedSquare => Math.CopySign(x * x, x),
        LgbmLink.Logistic => 1 / (1 + Math.Exp(-_slope * x)),
        LgbmLink.Exponential => Math.Exp(x),
        _ => SpecialFunctions.Log1p(Math.Exp(x)),
    };

    private static void Softmax(Span<double> values)
    {
        var highest = values[0];
        foreach (var value in values[1..])
        {
            highest = value < highest ? highest : value;
        }

        var sum = 0.0;
        foreach (ref var value in values)
        {
            value = Math.Exp(value - highest);
            sum += value;
        }

        foreach (ref var value in values)
        {
            value /= sum;
        }
    }

    private static double? Parameter(string[] words, string key)
    {
        var word = Array.Find(words, word => word.StartsWith(key, StringComparison.Ordinal));
        return word is null ? null
            : double.TryParse(word.AsSpan(key.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new PayloadException($"the objective's parameter '{key[..^1]}' is no number");
    }
}
