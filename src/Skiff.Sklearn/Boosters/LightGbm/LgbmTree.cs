namespace Skiff.Sklearn;

/// <summary>One tree of a lightgbm model. Children, categories and lengths have been held against each other; columns and cycles have not.</summary>
/// <param name="Arrays">Its nodes: the splits, and behind them the leaves.</param>
/// <param name="ZeroIsMissing">For each split, whether zero counts as missing; null where it nowhere does.</param>
/// <param name="Values">What each leaf adds.</param>
/// <param name="Linear">The linear models of its leaves; null where they have none.</param>
internal sealed record LgbmTree(TreeArrays<double> Arrays, bool[]? ZeroIsMissing, double[] Values, LgbmLinear? Linear)
{
    /// <summary>How many splits there are.</summary>
    public int Splits => Values.Length - 1;
}

/// <summary>The linear models of a tree's leaves.</summary>
/// <param name="Constants">The constant of each leaf.</param>
/// <param name="Counts">How many columns each leaf looks at.</param>
/// <param name="Columns">Which, leaf after leaf.</param>
/// <param name="Coefficients">What each is multiplied by.</param>
internal sealed record LgbmLinear(double[] Constants, int[] Counts, int[] Columns, double[] Coefficients);
