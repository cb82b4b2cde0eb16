namespace Skiff.Sklearn;

/// <summary>Reads the trees of a JSON or UBJSON document, one after the other.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/tree/tree_model.cc</c> and <c>multi_target_tree_model.cc</c>; categories as <c>src/common/categorical.h</c> decides them: those
/// that a split names go to the right, all others to the left. A leaf of several outputs keeps them among the weights of all nodes, since 3.2 in a
/// table of their own, where the right child of a leaf is its place.
/// </remarks>
internal sealed class TreePayload
{
    // What float32 still tells apart; categories beyond it are none.
    private const int MostCategories = 1 << 24;

    // A set takes memory by its highest category, not by its bytes in the file.
    private int _wordsLeft = 1 << 24;

    /// <summary>Reads a tree.</summary>
    /// <exception cref="PayloadException">An array is missing, or of another length.</exception>
    public BoosterTree Read(PayloadObject tree)
    {
        var left = tree.Integers("left_children");
        var right = tree.Integers("right_children");
        var conditions = tree.Singles("split_conditions");
        var arrays = new TreeArrays<float>
        {
            Left = left,
            Right = right,
            Feature = tree.Integers("split_indices"),
            Threshold = Array.ConvertAll(conditions, SplitThreshold.Below),
            MissingLeft = Array.ConvertAll(tree.Integers("default_left"), flag => flag != 0),
            Categories = ReadCategories(tree, left.Length),
        };
        Check(tree, "right_children", right.Length, left.Length);
        Check(tree, "split_conditions", conditions.Length, left.Length);
        Check(tree, "split_indices", arrays.Feature.Length, left.Length);
        Check(tree, "default_left", arrays.MissingLeft.Length, left.Length);
        var width = tree.Object("tree_param").Integer("size_leaf_vector");
        if (width <= 1)
        {
            return new BoosterTree(arrays, conditions, 1, null);
        }

        return tree.Has("leaf_weights")
            ? new BoosterTree(arrays, tree.Singles("leaf_weights"), width, right)
            : new BoosterTree(arrays, tree.Singles("base_weights"), width, null);
    }

    private static void Check(PayloadObject tree, string key, int length, int nodes)
    {
        if (length != nodes)
        {
            throw tree.Unexpected(key, $"one item for each of {nodes} nodes");
        }
    }

    private CategorySet?[]? ReadCategories(PayloadObject tree, int nodes)
    {
        if (!tree.Has("categories_nodes") || tree.Integers("categories_nodes") is not { Length: > 0 } places)
        {
            return null;
        }

        var types = tree.Integers("split_type");
        var starts = tree.Integers("categories_segments");
        var sizes = tree.Integers("categories_sizes");
        var categories = tree.Integers("categories");
        Check(tree, "split_type", types.Length, nodes);
        var sets = new CategorySet?[nodes];
        for (var i = 0; i < places.Length; i++)
        {
            if (i >= starts.Length || i >= sizes.Length || starts[i] < 0 || sizes[i] <= 0 || starts[i] > categories.Length - sizes[i]
                || (uint)places[i] >= (uint)nodes)
            {
                throw tree.Unexpected("categories_segments", "parts of 'categories' for the nodes of 'categories_nodes'");
            }

            if (types[places[i]] == 1)
            {
                sets[places[i]] = ReadSet(tree, categories.AsSpan(starts[i], sizes[i]));
            }
        }

        return sets;
    }

    private CategorySet ReadSet(PayloadObject tree, ReadOnlySpan<int> categories)
    {
        var highest = 0;
        foreach (var category in categories)
        {
            if (category is < 0 or >= MostCategories)
            {
                throw tree.Unexpected("categories", $"categories from 0 to {MostCategories - 1}");
            }

            highest = Math.Max(highest, category);
        }

        var words = (highest / 32) + 1;
        _wordsLeft -= words;
        if (_wordsLeft < 0)
        {
            throw tree.Unexpected("categories", "sets that fit into memory together");
        }

        var bits = new uint[words];
        bits.AsSpan().Fill(uint.MaxValue);
        foreach (var category in categories)
        {
            bits[category >> 5] &= ~(1u << (category & 31));
        }

        return new CategorySet(bits, OthersLeft: true);
    }
}
