using System.Numerics;
using System.Runtime.CompilerServices;

namespace Skiff.Sklearn;

/// <summary>How a value is sent on at a node. A type of its own for each way, so that each walk is compiled for one.</summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal interface ISplitRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Where the column that a node looks at begins in a group of rows.</summary>
    static abstract int Column(in TreeNode<T> node);

    /// <summary>0 where the value goes to the left, 1 where it goes to the right. Without a branch: which way it goes cannot be foreseen.</summary>
    int GoesRight(in TreeNode<T> node, T value);
}

/// <summary>Thresholds only, no node has flags, and no value is missing.</summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal readonly struct ThresholdRule<T> : ISplitRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Column(in TreeNode<T> node) => node.Feature;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GoesRight(in TreeNode<T> node, T value) => value > node.Threshold ? 1 : 0;
}

/// <summary>Thresholds, and a missing value goes where the node says.</summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
internal readonly struct MissingRule<T> : ISplitRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Column(in TreeNode<T> node) => node.Feature & TreeNode<T>.FeatureMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GoesRight(in TreeNode<T> node, T value)
    {
        // No comparison with NaN holds: without its flag a node would send it to the left.
        var isAbove = value > node.Threshold ? 1 : 0;
        var isMissing = T.IsNaN(value) ? 1 : 0;
        return isAbove | (isMissing & (int)((uint)node.Feature >> 31));
    }
}

/// <summary>Thresholds, missing values, and sets of categories.</summary>
/// <typeparam name="T">What the features are compared as.</typeparam>
/// <param name="sets">The sets of categories.</param>
internal readonly struct CategoryRule<T>(CategorySet[] sets) : ISplitRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Column(in TreeNode<T> node) => node.Feature & TreeNode<T>.FeatureMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GoesRight(in TreeNode<T> node, T value) =>
        (node.Feature & TreeNode<T>.Categorical) != 0 && !T.IsNaN(value)
            ? sets[node.Leaf].GoesLeft(double.CreateTruncating(value)) ? 0 : 1
            : default(MissingRule<T>).GoesRight(node, value);
}
