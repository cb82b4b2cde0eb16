using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What an estimator's <c>dtype</c> parameter says: numpy's type, its name, or a dtype.</summary>
internal static class TypeName
{
    /// <summary>Whether it is float32.</summary>
    public static bool IsSingle(object? value) => value switch
    {
        PyGlobal type => type.Name == "float32",
        DType type => type.Kind == DTypeKind.Float32,
        string name => name is "float32" or "f4" or "<f4",
        _ => false,
    };
}
