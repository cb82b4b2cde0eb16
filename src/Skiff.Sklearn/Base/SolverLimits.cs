namespace Skiff.Sklearn;

/// <summary>What a file may ask of an estimator that solves something for each answer.</summary>
internal static class SolverLimits
{
    /// <summary>The most iterations that a file may state; scikit-learn's defaults are 100 to 1000. docs/estimators.md names it.</summary>
    public const int MaxIterations = 100_000;

    /// <summary>The number of iterations after which a solver stops without having converged.</summary>
    /// <exception cref="Models.ModelLoadException">It is no integer, negative or above <see cref="MaxIterations"/>.</exception>
    public static int Iterations(EstimatorNode node, string name, int lowest = 0) => node.CheckedInteger(name, lowest, MaxIterations);

    /// <summary>The change below which a solver has converged.</summary>
    /// <exception cref="Models.ModelLoadException">It is no number, negative or NaN.</exception>
    public static double Tolerance(EstimatorNode node, string name) =>
        node.Number(name) is >= 0 and var tolerance ? tolerance : throw node.Unexpected(name, "a number that is not negative");
}
