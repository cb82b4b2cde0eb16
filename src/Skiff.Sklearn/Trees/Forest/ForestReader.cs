using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The trees of an ensemble: <c>estimators_</c>.</summary>
internal static class ForestReader
{
    /// <summary>Each tree with its estimator.</summary>
    /// <exception cref="ModelLoadException">There is none, or one is no tree.</exception>
    public static IEnumerable<(EstimatorNode Node, SklearnTree Tree)> Trees(EstimatorNode node, string name = "estimators_")
    {
        var items = node.List(name);
        if (items.Count == 0)
        {
            throw node.Error($"'{name}' is empty: the ensemble has no trees");
        }

        return items.Select((item, i) => Tree(node, item, $"{name}[{i}]"));
    }

    /// <summary>The tree that stands somewhere in an ensemble.</summary>
    public static (EstimatorNode Node, SklearnTree Tree) Tree(EstimatorNode node, object? item, string place)
    {
        if (item is not PyInstance { Type.Name: "DecisionTreeClassifier" or "DecisionTreeRegressor" or "ExtraTreeClassifier" or "ExtraTreeRegressor" } instance)
        {
            throw node.Error($"'{place}' is {Describe.Value(item)}; expected a tree");
        }

        var child = new EstimatorNode(node.Context, instance, instance.Type.Name, node.Join(place));
        var tree = SklearnTree.Read(child);
        TreeFeatures.Check(node, tree);
        return (child, tree);
    }

    /// <summary>Whether the ensemble takes NaN: it asks its first tree.</summary>
    public static bool AllowsMissing(EstimatorNode node, EstimatorNode firstTree) =>
        node.Version >= new SklearnVersion(1, 4)
        && MissingValues.AreAllowed(firstTree, firstTree.ClassName.StartsWith("Extra", StringComparison.Ordinal));
}
