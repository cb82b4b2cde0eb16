namespace Skiff.Sklearn;

/// <summary>What a model text says. Its parts have not been held against each other.</summary>
internal sealed record LgbmPayload
{
    /// <summary>The version of the format: 2 since 2.1, 3 since 2.3, 4 since 4.0.</summary>
    public required int Format { get; init; }

    /// <summary>The objective's name and its parameters; null where a caller's function was one.</summary>
    public required string? Objective { get; init; }

    /// <summary>How many numbers a row has as its answer.</summary>
    public required int Outputs { get; init; }

    /// <summary>How many columns a row has.</summary>
    public required int Features { get; init; }

    /// <summary>The columns' names, with underscores for spaces.</summary>
    public required string[] FeatureNames { get; init; }

    /// <summary>For each column its bounds in brackets, its categories with colons between them, or <c>none</c>.</summary>
    public required string[] FeatureInfos { get; init; }

    /// <summary>Whether the trees' mean is the answer, as that of a random forest.</summary>
    public required bool IsAverage { get; init; }

    /// <summary>The trees, round after round, one an output.</summary>
    public required IReadOnlyList<LgbmTree> Trees { get; init; }

    /// <summary>The parameter <c>categorical_feature</c>; null where the text has no parameters.</summary>
    public string? Categorical { get; init; }

    /// <summary>Whether a release before 3.0 wrote it: it does not know the parameter <c>path_smooth</c>.</summary>
    public bool IsBeforeThree { get; init; }
}
