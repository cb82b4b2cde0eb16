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

    /// <summary>Whether it is float64, which is Python's <c>float</c>.</summary>
    public static bool IsDouble(object? value) => value switch
    {
        PyGlobal type => type.Name is "float64" or "float",
        DType type => type.Kind == DTypeKind.Float64,
        string name => name is "float64" or "float" or "double" or "f8" or "<f8" or "d",
        _ => false,
    };
}
