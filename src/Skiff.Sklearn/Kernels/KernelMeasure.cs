namespace Skiff.Sklearn;

/// <summary>What a kernel takes of two rows.</summary>
internal enum KernelMeasure
{
    /// <summary>The sum of products.</summary>
    Product,

    /// <summary>The squared Euclidean distance.</summary>
    SquaredDistance,

    /// <summary>The sum of absolute differences.</summary>
    AbsoluteDistance,

    /// <summary>The sum of squared differences, each divided by the sum of its two cells.</summary>
    ChiSquare,
}
