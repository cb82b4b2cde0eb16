using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Benchmarks;

/// <summary>
/// A scikit-learn forest of two classes as an ONNX model: one <c>TreeEnsembleClassifier</c> of the <c>ai.onnx.ml</c> operators, as converters
/// write it, with thresholds rounded down to float32.
/// </summary>
internal static class OnnxForest
{
    private const int TypeFloat = 1;
    private const int TypeInt64 = 7;

    /// <summary>Converts a forest's file.</summary>
    public static byte[] Convert(string path)
    {
        var forest = (PyInstance)PickleReader.Read(path).Root!;
        var nodes = new Nodes();
        forest.Attributes.TryGetValue("estimators_", out var estimators);
        var trees = ((PyList)estimators!).Items.Cast<PyInstance>().ToList();
        for (var i = 0; i < trees.Count; i++)
        {
            trees[i].Attributes.TryGetValue("tree_", out var tree);
            nodes.Add(i, (PyInstance)tree!, trees.Count);
        }

        return new ProtoWriter()
            .Number(1, 8)
            .Message(7, graph => graph
                .Message(1, nodes.Write)
                .Text(2, "forest")
                .Message(11, input => Value(input, "x", TypeFloat, 2))
                .Message(12, output => Value(output, "label", TypeInt64, 1))
                .Message(12, output => Value(output, "probabilities", TypeFloat, 2)))
            .Message(8, opset => opset.Text(1, "ai.onnx.ml").Number(2, 1))
            .Message(8, opset => opset.Text(1, string.Empty).Number(2, 15))
            .ToArray();
    }

    private static void Value(ProtoWriter value, string name, int type, int rank) => value
        .Text(1, name)
        .Message(2, of => of.Message(1, tensor => tensor
            .Number(1, type)
            .Message(2, shape =>
            {
                for (var i = 0; i < rank; i++)
                {
                    shape.Message(1, dimension => dimension.Text(2, $"{name}{i}"));
                }
            })));

    /// <summary>The nodes of all trees, attribute by attribute.</summary>
    private sealed class Nodes
    {
        private readonly List<long> _trees = [];
        private readonly List<long> _ids = [];
        private readonly List<long> _features = [];
        private readonly List<float> _values = [];
        private readonly List<string> _modes = [];
        private readonly List<long> _true = [];
        private readonly List<long> _false = [];
        private readonly List<long> _classTrees = [];
        private readonly List<long> _classNodes = [];
        private readonly List<long> _classes = [];
        private readonly List<float> _weights = [];

        public void Add(int number, PyInstance tree, int trees)
        {
            tree.Attributes.TryGetValue("nodes", out var nodesValue);
            tree.Attributes.TryGetValue("values", out var valuesValue);
            var nodes = (NdArray)nodesValue!;
            var values = ((NdArray)valuesValue!).ToDoubles();
            var left = nodes.Field("left_child").ToInt64s();
            var right = nodes.Field("right_child").ToInt64s();
            var feature = nodes.Field("feature").ToInt64s();
            var threshold = nodes.Field("threshold").ToDoubles();
            for (var i = 0; i < left.Length; i++)
            {
                var isLeaf = left[i] < 0;
                _trees.Add(number);
                _ids.Add(i);
                _features.Add(isLeaf ? 0 : feature[i]);
                _values.Add(isLeaf ? 0 : RoundDown(threshold[i]));
                _modes.Add(isLeaf ? "LEAF" : "BRANCH_LEQ");
                _true.Add(isLeaf ? 0 : left[i]);
                _false.Add(isLeaf ? 0 : right[i]);
                if (isLeaf)
                {
                    // ONNX Runtime takes an ensemble for one of two classes where the weights speak of the second only.
                    _classTrees.Add(number);
                    _classNodes.Add(i);
                    _classes.Add(1);
                    _weights.Add((float)(values[(2 * i) + 1] / (values[2 * i] + values[(2 * i) + 1]) / trees));
                }
            }
        }

        public void Write(ProtoWriter node)
        {
            node.Text(1, "x").Text(2, "label").Text(2, "probabilities").Text(4, "TreeEnsembleClassifier").Text(7, "ai.onnx.ml");
            Integers(node, "nodes_treeids", _trees);
            Integers(node, "nodes_nodeids", _ids);
            Integers(node, "nodes_featureids", _features);
            Singles(node, "nodes_values", _values);
            Texts(node, "nodes_modes", _modes);
            Integers(node, "nodes_truenodeids", _true);
            Integers(node, "nodes_falsenodeids", _false);
            Integers(node, "class_treeids", _classTrees);
            Integers(node, "class_nodeids", _classNodes);
            Integers(node, "class_ids", _classes);
            Singles(node, "class_weights", _weights);
            Integers(node, "classlabels_int64s", [0, 1]);
            node.Message(5, attribute => attribute.Text(1, "post_transform").Text(4, "NONE").Number(20, 3));
        }

        private static float RoundDown(double threshold)
        {
            var rounded = (float)threshold;
            return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
        }

        private static void Integers(ProtoWriter node, string name, List<long> values) => node.Message(5, attribute =>
        {
            attribute.Text(1, name);
            values.ForEach(value => attribute.Number(8, value));
            attribute.Number(20, 7);
        });

        private static void Singles(ProtoWriter node, string name, List<float> values) => node.Message(5, attribute =>
        {
            attribute.Text(1, name);
            values.ForEach(value => attribute.Single(7, value));
            attribute.Number(20, 6);
        });

        private static void Texts(ProtoWriter node, string name, List<string> values) => node.Message(5, attribute =>
        {
            attribute.Text(1, name);
            values.ForEach(value => attribute.Text(9, value));
            attribute.Number(20, 8);
        });
    }
}
