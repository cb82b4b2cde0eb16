using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>feature_importances_</c> of trees and of what is made of trees, which no file holds: it is computed from the nodes.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/tree/_tree.pyx</c>, <c>compute_feature_importances</c>; <c>sklearn/ensemble/_forest.py</c>, <c>_gb.py</c> and
/// <c>_weight_boosting.py</c>, <c>feature_importances_</c>; the same since 0.22.
/// </remarks>
internal static class TreeImportances
{
    /// <summary>The importances, or null where the class has none.</summary>
    /// <param name="node">The selector, for messages.</param>
    /// <param name="estimator">The fitted estimator.</param>
    public static double[]? Find(EstimatorNode node, PyInstance estimator) => estimator.Type.Name switch
    {
        "DecisionTreeClassifier" or "DecisionTreeRegressor" or "ExtraTreeClassifier" or "ExtraTreeRegressor" => OfTree(node, estimator, normalize: true),
        "RandomForestClassifier" or "RandomForestRegressor" or "ExtraTreesClassifier" or "ExtraTreesRegressor" or "RandomTreesEmbedding"
            => OfMany(node, estimator, normalize: true),
        "GradientBoostingClassifier" or "GradientBoostingRegressor" => OfMany(node, estimator, normalize: false),
        "AdaBoostClassifier" or "AdaBoostRegressor" => OfWeighted(node, estimator),
        _ => null,
    };

    private static double[] OfTree(EstimatorNode node, PyInstance estimator, bool normalize)
    {
        var (nodes, features) = Nodes(node, estimator);
        var left = nodes.Field("left_child").ToInt64s();
        var right = nodes.Field("right_child").ToInt64s();
        var feature = nodes.Field("feature").ToInt64s();
        var impurity = nodes.Field("impurity").ToDoubles();
        var weight = nodes.Field("weighted_n_node_samples").ToDoubles();
        var importances = new double[features];
        for (var i = 0; i < nodes.Size; i++)
        {
            if (left[i] == -1)
            {
                continue;
            }

            if ((ulong)left[i] >= (ulong)nodes.Size || (ulong)right[i] >= (ulong)nodes.Size || (ulong)feature[i] >= (ulong)features)
            {
                throw node.Error($"node {i} of a tree of its estimator names a child or a feature that is not there");
            }

            importances[feature[i]] += (weight[i] * impurity[i]) - (weight[left[i]] * impurity[left[i]]) - (weight[right[i]] * impurity[right[i]]);
        }

        Divide(importances, weight[0]);
        if (normalize && NumpySum.Of(importances) is > 0 and var sum)
        {
            Divide(importances, sum);
        }

        return importances;
    }

    // Trees of a single node say nothing. Their mean is divided by its sum.
    private static double[] OfMany(EstimatorNode node, PyInstance ensemble, bool normalize)
    {
        var trees = Members(node, ensemble).Where(tree => Nodes(node, tree).Nodes.Size > 1).Select(tree => OfTree(node, tree, normalize)).ToList();
        if (trees.Count == 0)
        {
            var count = EstimatorNode.AsInteger(Attribute(ensemble, "n_features_in_") ?? Attribute(ensemble, "n_features_"));
            return count is >= 0 and <= 1 << 24 ? new double[count.Value] : throw node.Error("its estimator has no trees");
        }

        var mean = Sum(node, trees, [.. trees.Select(_ => 1.0)]);
        Divide(mean, trees.Count);
        Divide(mean, NumpySum.Of(mean));
        return mean;
    }

    private static double[] OfWeighted(EstimatorNode node, PyInstance ensemble)
    {
        var members = Members(node, ensemble).Select(member => Find(node, member)
            ?? throw node.Error($"{member.Type} in its estimator has no feature importances")).ToList();
        if (Attribute(ensemble, "estimator_weights_") is not NdArray { Rank: 1, IsNumeric: true } array || array.Size < members.Count || members.Count == 0)
        {
            throw node.Error("'estimator_weights_' of its estimator does not fit 'estimators_'");
        }

        var weights = array.ToDoubles();
        var sum = Sum(node, members, weights);
        Divide(sum, NumpySum.Of(weights));
        return sum;
    }

    private static double[] Sum(EstimatorNode node, List<double[]> vectors, double[] weights)
    {
        var sum = new double[vectors[0].Length];
        for (var i = 0; i < vectors.Count; i++)
        {
            if (vectors[i].Length != sum.Length)
            {
                throw node.Error("the trees of its estimator were fitted on different numbers of features");
            }

            for (var j = 0; j < sum.Length; j++)
            {
                sum[j] += weights[i] * vectors[i][j];
            }
        }

        return sum;
    }

    private static IEnumerable<PyInstance> Members(EstimatorNode node, PyInstance ensemble)
    {
        IEnumerable<object?>? members = Attribute(ensemble, "estimators_") switch
        {
            PyList list => list.Items,
            NdArray { Type.Kind: DTypeKind.Object } array => (object?[])array.Data,
            _ => null,
        };
        return members?.Select(member => member as PyInstance ?? throw node.Error("'estimators_' of its estimator does not hold estimators"))
            ?? throw node.Error("'estimators_' of its estimator is missing or no list");
    }

    private static (NdArray Nodes, int Features) Nodes(EstimatorNode node, PyInstance estimator)
    {
        if (Attribute(estimator, "tree_") is PyInstance { Arguments: [var count, ..] } tree
            && EstimatorNode.AsInteger(count) is { } features and >= 0 and <= 1 << 24
            && Attribute(tree, "nodes") is NdArray { Type.Kind: DTypeKind.Structured, Size: > 0 } nodes
            && HasNumbers(nodes, "left_child", "right_child", "feature", "impurity", "weighted_n_node_samples"))
        {
            return (nodes, (int)features);
        }

        throw node.Error("a tree of its estimator has no nodes; call fit before saving it");
    }

    private static bool HasNumbers(NdArray nodes, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!nodes.TryGetField(name, out var field) || !field.IsNumeric || (field.Type.Kind is DTypeKind.Float64) != (name is "impurity" or "weighted_n_node_samples"))
            {
                return false;
            }
        }

        return true;
    }

    private static void Divide(double[] values, double by)
    {
        foreach (ref var value in values.AsSpan())
        {
            value /= by;
        }
    }

    private static object? Attribute(PyInstance instance, string name) => instance.Attributes.TryGetValue(name, out var value) ? value : null;
}
