namespace Skiff.Sklearn;

/// <summary>Reads one tree of a model text.</summary>
/// <remarks>
/// lightgbm 4.6, <c>src/io/tree.cpp</c>, <c>Tree::Tree(const char*)</c>, and <c>include/LightGBM/tree.h</c>, <c>NumericalDecision</c> and
/// <c>CategoricalDecision</c>. Without a missing type NaN is zero. NaN is in no category: until 3.0 it was meant to be the first one where a split has
/// no missing type, but what x86 makes of it as an integer is below zero.
/// </remarks>
internal static class LgbmTreeReader
{
    // Values up to this far from zero are zero: the float 1e-35 as a double.
    private const double Zero = 1e-35f;

    private const int Categorical = 1;
    private const int DefaultLeft = 2;
    private const int MissingShift = 2;
    private const int MissingZero = 1;
    private const int MissingNaN = 2;

    /// <summary>Whether a value is zero for a split that takes zero as missing.</summary>
    public static bool IsZero(double value) => value is >= -Zero and <= Zero;

    /// <summary>Reads a tree.</summary>
    /// <exception cref="PayloadException">A part is missing, or does not fit the others.</exception>
    public static LgbmTree Read(LgbmSection section)
    {
        var leaves = section.Integer("num_leaves", 1, int.MaxValue / 2);
        var values = section.Numbers("leaf_value", leaves);
        var linear = section.Has("is_linear") && section.Integer("is_linear", 0, 1) == 1 ? ReadLinear(section, leaves) : null;
        var nodes = (2 * leaves) - 1;
        var sets = leaves > 1 ? ReadSets(section, section.Integer("num_cat", 0, int.MaxValue - 1)) : [];
        var arrays = new TreeArrays<double>
        {
            Left = Filled(nodes),
            Right = Filled(nodes),
            Feature = new int[nodes],
            Threshold = new double[nodes],
            MissingLeft = new bool[nodes],
            Categories = sets.Length > 0 ? new CategorySet?[nodes] : null,
        };
        var zeroIsMissing = leaves > 1 ? ReadSplits(section, leaves, arrays, sets) : null;
        return new LgbmTree(arrays, zeroIsMissing, values, linear);
    }

    private static int[] Filled(int nodes)
    {
        var children = new int[nodes];
        children.AsSpan().Fill(-1);
        return children;
    }

    // Returns where zero is missing.
    private static bool[]? ReadSplits(LgbmSection section, int leaves, TreeArrays<double> arrays, CategorySet[] sets)
    {
        var splits = leaves - 1;
        var thresholds = section.Numbers("threshold", splits);
        var types = section.Has("decision_type") ? section.Integers("decision_type", splits) : new int[splits];
        ReadChildren(section, "left_child", leaves, arrays.Left);
        ReadChildren(section, "right_child", leaves, arrays.Right);
        section.Integers("split_feature", splits).CopyTo(arrays.Feature, 0);
        var zeroIsMissing = new bool[splits];
        for (var i = 0; i < splits; i++)
        {
            if ((types[i] & Categorical) != 0)
            {
                var set = thresholds[i];
                if (arrays.Categories is null || !(set >= 0 && set < sets.Length))
                {
                    throw section.Error("threshold", $"names the set {set} of categories at split {i}; there are {sets.Length}");
                }

                arrays.Categories[i] = sets[(int)set];
                continue;
            }

            if (double.IsNaN(thresholds[i]))
            {
                throw section.Error("threshold", $"is NaN at split {i}");
            }

            var missing = (types[i] >> MissingShift) & 3;
            arrays.Threshold[i] = Effective(thresholds[i]);
            arrays.MissingLeft![i] = missing is MissingZero or MissingNaN ? (types[i] & DefaultLeft) != 0 : arrays.Threshold[i] >= 0;
            zeroIsMissing[i] = missing == MissingZero;
        }

        return zeroIsMissing.Contains(true) ? zeroIsMissing : null;
    }

    // Rows come to lightgbm's trees with zeros for what is close to zero.
    private static double Effective(double threshold) =>
        threshold is >= -Zero and < 0 ? Math.BitDecrement(-Zero) : threshold is >= 0 and < Zero ? Zero : threshold;

    // A child below zero is a leaf: the first one is -1.
    private static void ReadChildren(LgbmSection section, string key, int leaves, int[] to)
    {
        var splits = leaves - 1;
        var children = section.Integers(key, splits);
        for (var i = 0; i < splits; i++)
        {
            var (child, place) = (children[i], children[i] < 0 ? ~children[i] : children[i]);
            to[i] = child < 0 && place < leaves ? splits + place
                : child >= 0 && place < splits ? child
                : throw section.Error(key, $"holds {child} at split {i}; there are {splits} splits and {leaves} leaves");
        }
    }

    private static CategorySet[] ReadSets(LgbmSection section, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var boundaries = section.Integers("cat_boundaries", count + 1);
        for (var i = 0; i <= count; i++)
        {
            if (boundaries[i] < (i == 0 ? 0 : boundaries[i - 1]))
            {
                throw section.Error("cat_boundaries", $"holds {boundaries[i]} at {i}; they begin with 0 and never fall");
            }
        }

        var words = section.Words("cat_threshold", boundaries[count]);
        var sets = new CategorySet[count];
        for (var i = 0; i < count; i++)
        {
            sets[i] = new CategorySet(words[boundaries[i]..boundaries[i + 1]], OthersLeft: false) { CutsFirst = true };
        }

        return sets;
    }

    private static LgbmLinear ReadLinear(LgbmSection section, int leaves)
    {
        var counts = section.Integers("num_features", leaves);
        var total = 0L;
        foreach (var count in counts)
        {
            total = count >= 0 ? total + count : throw section.Error("num_features", $"holds {count}");
        }

        return total <= int.MaxValue
            ? new LgbmLinear(
                section.Numbers("leaf_const", leaves), counts, section.Integers("leaf_features", (int)total), section.Numbers("leaf_coeff", (int)total))
            : throw section.Error("num_features", $"counts {total} columns");
    }
}
