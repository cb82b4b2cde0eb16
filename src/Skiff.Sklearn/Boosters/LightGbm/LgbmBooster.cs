using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A lightgbm booster that has been read.</summary>
/// <param name="trees">What it adds up.</param>
/// <param name="objective">What its objective makes of that.</param>
/// <param name="categories">The categories of its columns; null where they have none.</param>
/// <param name="featureNames">The columns' names, or null.</param>
/// <param name="isBeforeThree">Whether a release before 3.0 wrote it.</param>
/// <param name="estimator">What is asked, for messages.</param>
internal sealed class LgbmBooster(LgbmTrees trees, LgbmObjective objective, BoosterCategories? categories, IReadOnlyList<string>? featureNames, bool isBeforeThree, string estimator)
{
    /// <summary>How many columns a row has.</summary>
    public int Features => trees.Features;

    /// <summary>How many numbers a row has.</summary>
    public int Outputs => trees.Outputs;

    /// <summary>The columns' names, or null.</summary>
    public IReadOnlyList<string>? FeatureNames => featureNames;

    /// <summary>Whether a release before 3.0 wrote it.</summary>
    public bool IsBeforeThree => isBeforeThree;

    /// <summary>What it must be fed with: a table where categories are texts.</summary>
    public BlockKind Input => categories is { HasTexts: true } ? BlockKind.Frame : BlockKind.Dense;

    /// <summary>What it makes of a column.</summary>
    public ColumnNeed Need(int column) => categories?.Need(column) ?? ColumnNeed.Number;

    /// <summary>The answers of every row, <see cref="Outputs"/> each.</summary>
    /// <exception cref="InputException">A row is refused.</exception>
    public DenseBlock Run(Block x, Scratch scratch)
    {
        var answers = trees.Run(categories is null ? x : categories.Encode(x, estimator, scratch), scratch);
        objective.Answer(answers);
        return answers;
    }
}
