namespace Skiff.Sklearn;

/// <summary>What the payload of a booster says, in whatever encoding. Its parts have not been held against each other.</summary>
internal sealed record BoosterModel
{
    /// <summary>The release that wrote it; 0.0 before releases said so, which is before 1.0.</summary>
    public required BoosterVersion Version { get; init; }

    /// <summary>The objective's name.</summary>
    public required string Objective { get; init; }

    /// <summary>The global bias, as the objective's answers are scaled: one, or one an output.</summary>
    public required float[] BaseScore { get; init; }

    /// <summary>How many columns a row has.</summary>
    public required int Features { get; init; }

    /// <summary>How many numbers a row has before the objective makes its answer of them.</summary>
    public required int Outputs { get; init; }

    /// <summary>The trees.</summary>
    public IReadOnlyList<BoosterTree> Trees { get; init; } = [];

    /// <summary>The output that each tree adds to.</summary>
    public int[] Groups { get; init; } = [];

    /// <summary>What <c>dart</c> multiplies each tree by; null elsewhere.</summary>
    public float[]? Weights { get; init; }

    /// <summary>How many trees a round grows for an output.</summary>
    public int ParallelTrees { get; init; } = 1;

    /// <summary>Where the trees of each round begin and end; null before releases said so.</summary>
    public int[]? Rounds { get; init; }

    /// <summary>The coefficients of <c>gblinear</c>, feature by feature, and last the intercepts; null elsewhere.</summary>
    public float[]? Coefficients { get; init; }

    /// <summary>What an estimator that wrote the file left of itself, as JSON; null where a booster alone wrote it.</summary>
    public string? Estimator { get; init; }

    /// <summary>The columns' names; empty where it has none.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>The categories of each column, as texts or integers in the order of their codes, empty where it has none; none at all before 3.1.</summary>
    public IReadOnlyList<object?[]> Categories { get; init; } = [];

    /// <summary>The attribute <c>best_iteration</c>, which early stopping leaves; null where there is none.</summary>
    public int? BestIteration { get; init; }
}
