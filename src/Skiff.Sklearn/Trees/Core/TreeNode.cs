namespace Skiff.Sklearn;

/// <summary>
/// One node of a tree, laid out for walking. A leaf points at itself and sends every value to the left, so that rows which have arrived may go on
/// walking beside those that have not.
/// </summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal struct TreeNode<T>
{
    /// <summary>Set in <see cref="Feature"/> where a missing value goes to the right.</summary>
    public const int MissingRight = int.MinValue;

    /// <summary>Set in <see cref="Feature"/> where the split is by category; <see cref="Leaf"/> is then the number of its set.</summary>
    public const int Categorical = 1 << 30;

    /// <summary>What is left of <see cref="Feature"/> without its flags.</summary>
    public const int FeatureMask = Categorical - 1;

    /// <summary>How many columns a tree may look at.</summary>
    public const int MostColumns = FeatureMask / TreeWalk.Lanes;

    /// <summary>Values above this one go to the right.</summary>
    public T Threshold;

    /// <summary>Where the column begins in a group of rows, and flags.</summary>
    public int Feature;

    /// <summary>Where the left child is, in bytes from the first node; the right one follows it. A leaf's is the leaf itself.</summary>
    public int Child;

    /// <summary>Which leaf it is, counted over all trees.</summary>
    public int Leaf;
}
