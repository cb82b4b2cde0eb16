using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>Fitted numbers in one dimension.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="IsSingle">Whether the file holds them as float32.</param>
internal sealed record FittedVector(double[] Values, bool IsSingle)
{
    /// <summary>Reads an attribute.</summary>
    /// <exception cref="Models.ModelLoadException">It holds no numbers, or another count of them.</exception>
    public static FittedVector Read(EstimatorNode node, string name, int length) =>
        new(node.Vector(name, length), node.Optional(name) is NdArray { Type.Kind: DTypeKind.Float32 });
}
