using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The trees of an ensemble: <c>estimators_</c>.</summary>
internal static class ForestReader
{
    /// <summary>Each tree with its estimator.</summary>
    /// <exception cref="ModelLoadException">There is none, or one is no tree.</exception>
    public static IReadOnlyList<(EstimatorNode Node, SklearnTree Tree)> Trees(EstimatorNode node, string name = "estimators_")
    {
        var items = node.List(name);
        if (items.Count == 0)
        {
            throw node.Error($"'{name}' is empty: the ensemble has no trees");
        }

        return [.. items.Select((item, i) => Tree(node, item, $"{name}[{i}]"))];
    }

    /// <summary>The tree that stands somewhere in an ensemble.</summary>
    /// <param name="node">The ensemble.</param>
    /// <param name="item">What the file holds there.</param>
    /// <param name="place">Where.</param>
    /// <param name="columns">How many columns the tree takes; -1 where as many as the ensemble.</param>
    public static (EstimatorNode Node, SklearnTree Tree) Tree(EstimatorNode node, object? item, string place, int columns = -1)
    {
        if (item is not PyInstance { Type.Name: "DecisionTreeClassifier" or "DecisionTreeRegressor" or "ExtraTreeClassifier" or "ExtraTreeRegressor" } instance)
        {
            throw node.Error($"'{place}' is {Describe.Value(item)}; expected a tree");
        }

        var child = new EstimatorNode(node.Context, instance, instance.Type.Name, node.Join(place));
        var tree = SklearnTree.Read(child);
        if (columns < 0)
        {
            TreeFeatures.Check(node, tree);
        }
        else if (columns != tree.Features)
        {
            throw tree.Error($"the tree takes {tree.Features} columns; it was given {columns}");
        }

        return (child, tree);
    }

    /// <summary>A builder with room for all the trees.</summary>
    public static TreeBuilder<float> Builder(IReadOnlyList<(EstimatorNode Node, SklearnTree Tree)> trees) =>
        new(trees[0].Tree.Features, trees.Sum(item => (long)item.Tree.Count));

    /// <summary>How many leaves the trees have together at most: each split has two children.</summary>
    public static long MostLeaves(IReadOnlyList<(EstimatorNode Node, SklearnTree Tree)> trees) => trees.Sum(item => (item.Tree.Count + 1L) / 2);

    /// <summary>Whether the ensemble takes NaN: it asks its first tree.</summary>
    public static bool AllowsMissing(EstimatorNode node, EstimatorNode firstTree) =>
        node.Version >= new SklearnVersion(1, 4)
        && MissingValues.AreAllowed(firstTree, firstTree.ClassName.StartsWith("Extra", StringComparison.Ordinal));
}
