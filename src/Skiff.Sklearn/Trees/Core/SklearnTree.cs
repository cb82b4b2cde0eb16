using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The <c>tree_</c> of a fitted tree.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/tree/_tree.pyx</c>. Inputs are float32 and thresholds doubles; a value goes to the left where it is at most the
/// threshold. Nodes have had the field <c>missing_go_to_left</c> since 1.3. Values count samples before 1.4 and are fractions since.
/// </remarks>
internal sealed class SklearnTree
{
    private readonly EstimatorNode _node;
    private readonly string _name;
    private readonly NodeTable _nodes;

    private SklearnTree(EstimatorNode node, string name, PyInstance tree)
    {
        _node = node;
        _name = name;
        if (tree.Type is not { Module: "sklearn.tree._tree", Name: "Tree" } || tree.Arguments is not [var features, NdArray classes, var outputs])
        {
            throw node.Unexpected(name, "a sklearn.tree._tree.Tree");
        }

        Features = InRange(features, "columns", 1);
        Outputs = InRange(outputs, "outputs", 1);
        Classes = ReadClasses(classes);
        Width = Classes.Max();
        ReadNodes(tree.Attributes, out var nodes, out var values);
        Values = values;
        _nodes = nodes;
    }

    /// <summary>How many columns a row has.</summary>
    public int Features { get; }

    /// <summary>How many outputs it has.</summary>
    public int Outputs { get; }

    /// <summary>How many classes each output has; 1 in regression.</summary>
    public int[] Classes { get; }

    /// <summary>How many values an output has at a node: the highest of <see cref="Classes"/>.</summary>
    public int Width { get; }

    /// <summary>The values of all nodes: node by node, output by output.</summary>
    public double[] Values { get; }

    /// <summary>How many training samples arrived at each node.</summary>
    /// <exception cref="ModelLoadException">The nodes do not say so.</exception>
    public int[] ReadSamples() => _nodes.Integers("n_node_samples");

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>Adds its nodes to those of other trees.</summary>
    /// <param name="builder">Where they go.</param>
    /// <param name="withMissing">Whether to look at where missing values go.</param>
    /// <returns>As <see cref="TreeBuilder{T}.Add"/>.</returns>
    /// <exception cref="ModelLoadException">They are no tree.</exception>
    public List<int> AddTo(TreeBuilder<float> builder, bool withMissing = true) => _nodes.Records(withMissing) is { } records
        ? builder.Add(records, Error)
        : builder.Add(withMissing ? ReadArrays() : ReadArrays() with { MissingLeft = null }, Error);

    /// <summary>Its nodes by columns.</summary>
    /// <exception cref="ModelLoadException">A column is missing or of another type.</exception>
    public TreeArrays<float> ReadArrays() => new()
    {
        Left = _nodes.Integers("left_child"),
        Right = _nodes.Integers("right_child"),
        Feature = _nodes.Integers("feature"),
        Threshold = Thresholds.RoundDown(_nodes.Numbers("threshold")),
        MissingLeft = _nodes.OptionalFlags("missing_go_to_left"),
    };

    /// <summary>Reads the tree that an estimator holds.</summary>
    /// <exception cref="ModelLoadException">It is no such tree, or its parts do not fit each other.</exception>
    public static SklearnTree Read(EstimatorNode node, string name = "tree_") =>
        node.Required(name) is PyInstance tree ? new SklearnTree(node, name, tree) : throw node.Unexpected(name, "a sklearn.tree._tree.Tree");

    /// <summary>The values of an output at a node.</summary>
    public ReadOnlySpan<double> At(int place, int output) => Values.AsSpan(((place * Outputs) + output) * Width, Classes[output]);

    /// <summary>An error about the tree.</summary>
    public ModelLoadException Error(string what) => _node.Error($"'{_name}': {what}");

    private int[] ReadClasses(NdArray classes)
    {
        if (classes.Rank != 1 || classes.Size != Outputs || !classes.IsNumeric || classes.Type.Kind is DTypeKind.Float16 or DTypeKind.Float32 or DTypeKind.Float64)
        {
            throw Error($"the numbers of classes are an array of {classes.Type} {classes.ShapeText}; expected {Outputs} integers");
        }

        return Array.ConvertAll(classes.ToDoubles(), count => count is >= 1 and <= int.MaxValue ? (int)count : throw Error($"an output has {count} classes"));
    }

    private void ReadNodes(PyDict state, out NodeTable nodes, out double[] values)
    {
        state.TryGetValue("nodes", out var nodeValue);
        state.TryGetValue("values", out var valueValue);
        _node.Context.CountUse(nodeValue);
        _node.Context.CountUse(valueValue);
        nodes = NodeTable.Of(nodeValue, Error);
        if (valueValue is not NdArray { Rank: 3, IsNumeric: true } array || array.Shape[0] != nodes.Count || array.Shape[1] != Outputs || array.Shape[2] != Width)
        {
            throw Error($"the values are {Describe.Value(valueValue)}; expected numbers of shape ({nodes.Count}, {Outputs}, {Width})");
        }

        values = array.ToDoubles();
        if (Array.Exists(values, value => !double.IsFinite(value)))
        {
            throw Error("a value is not finite");
        }
    }

    private int InRange(object? value, string what, int lowest) =>
        EstimatorNode.AsInteger(value) is { } number && number >= lowest && number <= TreeNode<float>.MostColumns
            ? (int)number
            : throw Error($"{Describe.Value(value)} stands for the number of {what}");
}
