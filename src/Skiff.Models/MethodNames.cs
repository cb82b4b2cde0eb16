namespace Skiff.Models;

/// <summary>scikit-learn's names of <see cref="Methods"/> (<c>predict_std</c> is ours), in the order in which they are listed and answered.</summary>
public static class MethodNames
{
    /// <summary>Every single method with its name.</summary>
    public static IReadOnlyList<(Methods Method, string Name)> All { get; } =
    [
        (Methods.Predict, "predict"),
        (Methods.PredictProba, "predict_proba"),
        (Methods.PredictLogProba, "predict_log_proba"),
        (Methods.DecisionFunction, "decision_function"),
        (Methods.Transform, "transform"),
        (Methods.ScoreSamples, "score_samples"),
        (Methods.PredictStd, "predict_std"),
    ];

    /// <summary>The name of one method.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none, or several.</exception>
    public static string Of(Methods method)
    {
        foreach (var (candidate, name) in All)
        {
            if (candidate == method)
            {
                return name;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(method), method, "One method has a name, several or none do not.");
    }

    /// <summary>The method of a name, or <see cref="Methods.None"/> for an unknown one.</summary>
    public static Methods Parse(string name)
    {
        foreach (var (method, candidate) in All)
        {
            if (candidate == name)
            {
                return method;
            }
        }

        return Methods.None;
    }

    /// <summary>The names of several methods, for messages: <c>predict, predict_proba</c>.</summary>
    public static string List(Methods methods) => string.Join(", ", All.Where(m => methods.HasFlag(m.Method)).Select(m => m.Name));
}
