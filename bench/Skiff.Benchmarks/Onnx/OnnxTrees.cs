namespace Skiff.Benchmarks;

/// <summary>
/// Trees of two classes as one <c>TreeEnsembleClassifier</c>, as converters write it: thresholds rounded down to float32, so that float32 inputs go the
/// way that they go by the file's doubles.
/// </summary>
internal sealed class OnnxTrees
{
    private readonly List<long> _trees = [];
    private readonly List<long> _ids = [];
    private readonly List<long> _features = [];
    private readonly List<float> _values = [];
    private readonly List<string> _modes = [];
    private readonly List<long> _true = [];
    private readonly List<long> _false = [];
    private readonly List<long> _leafTrees = [];
    private readonly List<long> _leafNodes = [];
    private readonly List<float> _weights = [];

    /// <summary>Adds a node that sends a row to <paramref name="left"/> where its feature is at most the threshold.</summary>
    public void AddBranch(int tree, int node, long feature, double threshold, long left, long right)
    {
        Add(tree, node, feature, RoundDown(threshold), "BRANCH_LEQ", left, right);
    }

    /// <summary>Adds a leaf, with what it adds to the score of the second class.</summary>
    public void AddLeaf(int tree, int node, double weight)
    {
        Add(tree, node, 0, 0, "LEAF", 0, 0);
        _leafTrees.Add(tree);
        _leafNodes.Add(node);
        _weights.Add((float)weight);
    }

    /// <summary>The operator. ONNX Runtime takes an ensemble for one of two classes where the weights speak of the second only.</summary>
    public OnnxNode ToNode(string transform) => new OnnxNode("TreeEnsembleClassifier")
        .Integers("nodes_treeids", _trees)
        .Integers("nodes_nodeids", _ids)
        .Integers("nodes_featureids", _features)
        .Singles("nodes_values", _values)
        .Texts("nodes_modes", _modes)
        .Integers("nodes_truenodeids", _true)
        .Integers("nodes_falsenodeids", _false)
        .Integers("class_treeids", _leafTrees)
        .Integers("class_nodeids", _leafNodes)
        .Integers("class_ids", Enumerable.Repeat(1L, _weights.Count))
        .Singles("class_weights", _weights)
        .Integers("classlabels_int64s", [0, 1])
        .Text("post_transform", transform);

    private void Add(int tree, int node, long feature, float value, string mode, long left, long right)
    {
        _trees.Add(tree);
        _ids.Add(node);
        _features.Add(feature);
        _values.Add(value);
        _modes.Add(mode);
        _true.Add(left);
        _false.Add(right);
    }

    private static float RoundDown(double threshold)
    {
        var rounded = (float)threshold;
        return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
    }
}
