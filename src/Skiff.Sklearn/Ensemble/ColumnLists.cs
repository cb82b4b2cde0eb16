using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The columns that a member of an ensemble was given: an entry of <c>estimators_features_</c>.</summary>
internal static class ColumnLists
{
    /// <summary>Reads an entry.</summary>
    /// <exception cref="ModelLoadException">It is no list of columns.</exception>
    public static int[] Read(EstimatorNode node, object? value, string place, int features)
    {
        if (value is not NdArray { Rank: 1, IsNumeric: true, Size: > 0 } array || array.Type.Kind is DTypeKind.Float16 or DTypeKind.Float32 or DTypeKind.Float64)
        {
            throw node.Error($"'{place}' is {Describe.Value(value)}; expected the places of columns");
        }

        return Array.ConvertAll(array.ToDoubles(), column => column >= 0 && column < features
            ? (int)column
            : throw node.Error($"'{place}' has the column {PyFloat.Format(column)}; there are {features} columns"));
    }
}
