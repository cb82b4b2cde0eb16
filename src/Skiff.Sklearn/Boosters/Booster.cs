using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A booster that has been read: what it adds up, and what its objective makes of that.</summary>
/// <param name="margins">What it adds up.</param>
/// <param name="objective">What its objective makes of that.</param>
/// <param name="categories">The categories of its columns; null where they have none.</param>
/// <param name="featureNames">The columns' names, or null.</param>
/// <param name="version">The release that wrote it.</param>
/// <param name="estimator">What is asked, for messages.</param>
internal sealed class Booster(
    BoosterMargins margins, BoosterObjective objective, BoosterCategories? categories, IReadOnlyList<string>? featureNames, BoosterVersion version, string estimator)
{
    /// <summary>The release that wrote it.</summary>
    public BoosterVersion Version => version;

    /// <summary>How many columns a row has.</summary>
    public int Features => margins.Features;

    /// <summary>How many numbers a row has before the objective makes its answer of them.</summary>
    public int Outputs => margins.Outputs;

    /// <summary>What its objective makes of the margins.</summary>
    public BoosterObjective Objective => objective;

    /// <summary>The columns' names, or null.</summary>
    public IReadOnlyList<string>? FeatureNames => featureNames;

    /// <summary>What it must be fed with: a table where categories are texts.</summary>
    public BlockKind Input => categories is { HasTexts: true } ? BlockKind.Frame : BlockKind.Dense;

    /// <summary>What it makes of a column.</summary>
    public ColumnNeed Need(int column) => categories?.Need(column) ?? ColumnNeed.Number;

    /// <summary>The margins of every row.</summary>
    /// <exception cref="InputException">A row is refused.</exception>
    public DenseBlock Margins(Block x, Scratch scratch) => margins.Run(categories is null ? x : categories.Encode(x, estimator, scratch), scratch);
}
