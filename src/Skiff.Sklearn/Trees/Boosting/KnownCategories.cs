using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The categories that a histogram boosting met in training: 256 bits for each column that is categorical.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_hist_gradient_boosting/binning.py</c>, <c>make_known_categories_bitsets</c>; since 0.24.</remarks>
internal sealed class KnownCategories
{
    private const int Words = 8;

    private readonly uint[]?[] _byColumn;

    private KnownCategories(uint[]?[] byColumn)
    {
        _byColumn = byColumn;
    }

    /// <summary>The bits of a column; null where it is not categorical.</summary>
    public uint[]? Of(int column) => (uint)column < (uint)_byColumn.Length ? _byColumn[column] : null;

    /// <summary>Reads the <c>_bin_mapper</c>; null where no column is categorical.</summary>
    /// <exception cref="ModelLoadException">It does not say which categories are known.</exception>
    public static KnownCategories? Read(EstimatorNode node)
    {
        if (node.Optional("_bin_mapper") is not PyInstance instance)
        {
            return null;
        }

        var mapper = new EstimatorNode(node.Context, instance, "_BinMapper", node.Join("_bin_mapper"));
        if (mapper.Optional("is_categorical_") is not NdArray { Rank: 1, Type.Kind: DTypeKind.Bool or DTypeKind.UInt8, IsNumeric: true } array)
        {
            return null;
        }

        var isCategorical = array.ToInt64s();
        if (isCategorical.All(flag => flag == 0))
        {
            return null;
        }

        var thresholds = mapper.List("bin_thresholds_");
        if (thresholds.Count != isCategorical.Length)
        {
            throw mapper.Error($"'bin_thresholds_' has {thresholds.Count} entries, 'is_categorical_' has {isCategorical.Length}");
        }

        return new KnownCategories([.. thresholds.Select((value, i) => isCategorical[i] == 0 ? null : Bits(mapper, value, i))]);
    }

    private static uint[] Bits(EstimatorNode mapper, object? value, int column)
    {
        if (value is not NdArray { Rank: 1, IsNumeric: true } array)
        {
            throw mapper.Error($"'bin_thresholds_[{column}]' is {Describe.Value(value)}; expected the numbers of categories");
        }

        var bits = new uint[Words];
        foreach (var category in array.ToDoubles())
        {
            if (category is not (>= 0 and < Words * 32))
            {
                throw mapper.Error($"'bin_thresholds_[{column}]' has the category {PyFloat.Format(category)}; 0 to 255 are possible");
            }

            bits[(int)category >> 5] |= 1u << ((int)category & 31);
        }

        return bits;
    }
}
