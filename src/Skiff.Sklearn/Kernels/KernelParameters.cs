namespace Skiff.Sklearn;

/// <summary>The numbers that kernels take; each kernel looks at its own.</summary>
/// <param name="Gamma">The factor.</param>
/// <param name="Offset"><c>coef0</c>.</param>
/// <param name="Degree">The exponent.</param>
internal readonly record struct KernelParameters(double Gamma, double Offset, double Degree);
