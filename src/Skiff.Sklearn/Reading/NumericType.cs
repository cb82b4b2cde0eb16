using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The numpy types that parameters name: <c>numpy.float32</c>, a <c>dtype</c>, or a text.</summary>
internal static class NumericType
{
    /// <summary>The type, or null where the attribute is None or missing.</summary>
    /// <exception cref="Models.ModelLoadException">It names none.</exception>
    public static DTypeKind? Read(EstimatorNode node, string name) => node.Optional(name) is { } value
        ? Of(value) ?? throw node.Unexpected(name, "a numeric type of numpy")
        : null;

    /// <summary>The type that a value stands for, or null.</summary>
    public static DTypeKind? Of(object? value) => value switch
    {
        DType type => type.Kind,
        PyGlobal { Module: "numpy", Name: var name } => ByName(name),
        PyGlobal { Module: "builtins" or "__builtin__", Name: "float" } => DTypeKind.Float64,
        PyGlobal { Module: "builtins" or "__builtin__", Name: "int" } => DTypeKind.Int64,
        PyGlobal { Module: "builtins" or "__builtin__", Name: "bool" } => DTypeKind.Bool,
        string text => ByName(text),
        _ => null,
    };

    private static DTypeKind? ByName(string name) => name switch
    {
        "float64" or "double" or "float_" or "float" or "f8" => DTypeKind.Float64,
        "float32" or "single" or "f4" => DTypeKind.Float32,
        "int64" or "int_" or "int" or "i8" => DTypeKind.Int64,
        "int32" or "i4" => DTypeKind.Int32,
        "bool" or "bool_" => DTypeKind.Bool,
        _ => null,
    };
}
