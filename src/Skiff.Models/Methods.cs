namespace Skiff.Models;

/// <summary>What a loaded model can answer, after scikit-learn's method names. A property of the instance, not of its class.</summary>
[Flags]
public enum Methods
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>predict</c>: a label or a number a row.</summary>
    Predict = 1,

    /// <summary><c>predict_proba</c>: a probability a row and class.</summary>
    PredictProba = 1 << 1,

    /// <summary><c>predict_log_proba</c>: its natural logarithm.</summary>
    PredictLogProba = 1 << 2,

    /// <summary><c>decision_function</c>: a score a row, or a row and class.</summary>
    DecisionFunction = 1 << 3,

    /// <summary><c>transform</c>: the transformed row.</summary>
    Transform = 1 << 4,

    /// <summary><c>score_samples</c>: a score a row.</summary>
    ScoreSamples = 1 << 5,

    /// <summary><c>predict(return_std=True)</c>: the standard deviation of what is predicted.</summary>
    PredictStd = 1 << 6,
}
