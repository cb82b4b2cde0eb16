namespace Skiff.Numerics;

/// <summary>What an element of a fixed-shape array type holds: numpy's <c>dtype(('f8', (2, 3)))</c>, met as a field of a structured type.</summary>
/// <param name="Element">The type of the elements.</param>
/// <param name="Shape">How many there are along each dimension.</param>
public sealed record DTypeSubarray(DType Element, int[] Shape);
