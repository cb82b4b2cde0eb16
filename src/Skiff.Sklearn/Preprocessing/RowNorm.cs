namespace Skiff.Sklearn;

/// <summary>The norms that rows are divided by: <c>l1</c>, <c>l2</c>, <c>max</c>.</summary>
internal enum RowNormKind
{
    None,
    L1,
    L2,
    Max,
}

/// <summary><c>sklearn.preprocessing.normalize</c> over rows.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>normalize</c> and <c>_handle_zeros_in_scale</c>. Sparse rows are left alone where
/// the norm is zero; dense ones, since 1.0, where it is below ten times the machine's epsilon.
/// </remarks>
internal static class RowNorm
{
    public static RowNormKind Parse(EstimatorNode node, string? text) => text switch
    {
        null => RowNormKind.None,
        "l1" => RowNormKind.L1,
        "l2" => RowNormKind.L2,
        "max" => RowNormKind.Max,
        _ => throw node.Error($"'norm' is '{text}'; l1, l2 and max are known"),
    };

    /// <summary>Divides a row by its norm unless that is at or below <paramref name="negligible"/>.</summary>
    /// <param name="kind">The norm.</param>
    /// <param name="row">The row.</param>
    /// <param name="isSingle">Whether scikit-learn holds the row as float32.</param>
    /// <param name="negligible">The norm at which a row is left alone.</param>
    public static void Apply(RowNormKind kind, Span<double> row, bool isSingle, double negligible = 0)
    {
        if (kind == RowNormKind.None)
        {
            return;
        }

        var norm = Norm(kind, row, isSingle);
        if (norm <= negligible)
        {
            return;
        }

        foreach (ref var value in row)
        {
            value = isSingle ? (float)(value / norm) : value / norm;
        }
    }

    // Squares of float32 are float32 in scikit-learn's loop, their sum is not.
    private static double Norm(RowNormKind kind, ReadOnlySpan<double> row, bool isSingle)
    {
        var norm = 0.0;
        foreach (var value in row)
        {
            norm = kind switch
            {
                RowNormKind.L1 => norm + Math.Abs(value),
                RowNormKind.L2 => norm + (isSingle ? (float)(value * value) : value * value),
                _ => Math.Max(norm, Math.Abs(value)),
            };
        }

        return kind == RowNormKind.L2 ? Math.Sqrt(norm) : norm;
    }
}
