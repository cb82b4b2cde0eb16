using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>One tree of a histogram boosting: a <c>TreePredictor</c>.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_hist_gradient_boosting/_predictor.pyx</c>, <c>_predict_one_from_raw_data</c>. Doubles are compared. The
/// threshold's field was called <c>threshold</c> until 0.23; splits by category came in 0.24. A category that the training data did not have goes where a
/// missing value goes.
/// </remarks>
internal static class HistogramTree
{
    private const int WordsPerSet = 8;

    /// <summary>Reads a tree.</summary>
    /// <param name="value">What the file holds.</param>
    /// <param name="known">The known categories of each column, or null.</param>
    /// <param name="error">Makes the error that names its place.</param>
    /// <param name="values">Receives the value of each node.</param>
    /// <exception cref="ModelLoadException">It is no such tree.</exception>
    public static TreeArrays<double> Read(object? value, KnownCategories? known, Func<string, ModelLoadException> error, out double[] values)
    {
        if (value is not PyInstance { Type.Name: "TreePredictor" } predictor)
        {
            throw error($"{Describe.Value(value)} stands where a TreePredictor is expected");
        }

        predictor.Attributes.TryGetValue("nodes", out var records);
        var nodes = NodeTable.Of(records, error);
        values = nodes.Numbers("value");
        if (Array.Exists(values, number => !double.IsFinite(number)))
        {
            throw error("a value is not finite");
        }

        var isLeaf = nodes.OptionalFlags("is_leaf") ?? throw error("the nodes have no field 'is_leaf'");
        var left = nodes.Integers("left");
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = isLeaf[i] ? -1 : left[i] < 0 ? int.MaxValue : left[i];
        }

        return new TreeArrays<double>
        {
            Left = left,
            Right = nodes.Integers("right"),
            Feature = nodes.Integers("feature_idx"),
            Threshold = nodes.Numbers(nodes.Has("num_threshold") ? "num_threshold" : "threshold"),
            MissingLeft = nodes.OptionalFlags("missing_go_to_left") ?? throw error("the nodes have no field 'missing_go_to_left'"),
            Categories = ReadCategories(nodes, isLeaf, predictor, known, error),
        };
    }

    private static CategorySet?[]? ReadCategories(
        NodeTable nodes, bool[] isLeaf, PyInstance predictor, KnownCategories? known, Func<string, ModelLoadException> error)
    {
        if (nodes.OptionalFlags("is_categorical") is not { } isCategorical || !isCategorical.Where((flag, i) => flag && !isLeaf[i]).Any())
        {
            return null;
        }

        predictor.Attributes.TryGetValue("raw_left_cat_bitsets", out var value);
        if (value is not NdArray { Rank: 2, Data: uint[] words, Type.Kind: DTypeKind.UInt32 } array || array.Shape[1] != WordsPerSet)
        {
            throw error($"'raw_left_cat_bitsets' is {Describe.Value(value)}; expected an array of uint32 (any, {WordsPerSet})");
        }

        var sets = nodes.Integers("bitset_idx");
        var features = nodes.Integers("feature_idx");
        var missingLeft = nodes.OptionalFlags("missing_go_to_left")!;
        var categories = new CategorySet?[nodes.Count];
        for (var i = 0; i < categories.Length; i++)
        {
            if (!isCategorical[i] || isLeaf[i])
            {
                continue;
            }

            if ((uint)sets[i] >= (uint)array.Shape[0])
            {
                throw error($"a node names the set of categories {sets[i]}; there are {array.Shape[0]}");
            }

            var knownHere = known?.Of(features[i]) ?? throw error($"a node splits column {features[i]} by category, which is none of the categorical ones");
            categories[i] = Resolve(words.AsSpan(sets[i] * WordsPerSet, WordsPerSet), knownHere, missingLeft[i]);
        }

        return categories;
    }

    private static CategorySet Resolve(ReadOnlySpan<uint> left, ReadOnlySpan<uint> known, bool missingLeft)
    {
        var bits = new uint[WordsPerSet];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = left[i] | (missingLeft ? ~known[i] : 0);
        }

        return new CategorySet(bits, missingLeft, WrapsAround: true);
    }
}
