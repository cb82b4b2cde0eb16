using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Benchmarks;

/// <summary>Turns scikit-learn classifiers of the labels 0 and 1 into ONNX models, as far as the comparisons need it.</summary>
internal static class OnnxConverter
{
    /// <summary>Converts a model's file.</summary>
    /// <exception cref="NotSupportedException">It is another model than these.</exception>
    public static byte[] Convert(string path)
    {
        var model = (PyInstance)PickleReader.Read(path).Root!;
        var node = model.Type.Name switch
        {
            "RandomForestClassifier" => Forest(model),
            "HistGradientBoostingClassifier" => Boosting(model),
            "LogisticRegression" => Logistic(model),
            "SVC" => Svm(model),
            _ => throw new NotSupportedException($"{path}: {model.Type} is none of the models that are converted here"),
        };
        return node.ToModel();
    }

    private static OnnxNode Forest(PyInstance model)
    {
        var trees = new OnnxTrees();
        var estimators = ((PyList)Attribute(model, "estimators_")).Items;
        for (var t = 0; t < estimators.Count; t++)
        {
            var tree = (PyInstance)Attribute((PyInstance)estimators[t]!, "tree_");
            var nodes = (NdArray)Attribute(tree, "nodes");
            var values = Doubles(tree, "values");
            var left = nodes.Field("left_child").ToInt64s();
            var right = nodes.Field("right_child").ToInt64s();
            var feature = nodes.Field("feature").ToInt64s();
            var threshold = nodes.Field("threshold").ToDoubles();
            for (var i = 0; i < left.Length; i++)
            {
                if (left[i] < 0)
                {
                    trees.AddLeaf(t, i, values[(2 * i) + 1] / (values[2 * i] + values[(2 * i) + 1]) / estimators.Count);
                }
                else
                {
                    trees.AddBranch(t, i, feature[i], threshold[i], left[i], right[i]);
                }
            }
        }

        return trees.ToNode("NONE");
    }

    private static OnnxNode Boosting(PyInstance model)
    {
        var trees = new OnnxTrees();
        var iterations = ((PyList)Attribute(model, "_predictors")).Items;
        for (var t = 0; t < iterations.Count; t++)
        {
            var nodes = (NdArray)Attribute((PyInstance)((PyList)iterations[t]!)[0]!, "nodes");
            var isLeaf = nodes.Field("is_leaf").ToInt64s();
            var left = nodes.Field("left").ToInt64s();
            var right = nodes.Field("right").ToInt64s();
            var feature = nodes.Field("feature_idx").ToInt64s();
            var threshold = nodes.Field("num_threshold").ToDoubles();
            var value = nodes.Field("value").ToDoubles();
            for (var i = 0; i < left.Length; i++)
            {
                if (isLeaf[i] != 0)
                {
                    trees.AddLeaf(t, i, value[i]);
                }
                else
                {
                    trees.AddBranch(t, i, feature[i], threshold[i], left[i], right[i]);
                }
            }
        }

        return trees.ToNode("LOGISTIC").Singles("base_values", ToSingles(Doubles(model, "_baseline_prediction")));
    }

    private static OnnxNode Logistic(PyInstance model)
    {
        var weights = ToSingles(Doubles(model, "coef_"));
        var intercept = ToSingles(Doubles(model, "intercept_"));
        return new OnnxNode("LinearClassifier")
            .Singles("coefficients", [.. weights.Select(weight => -weight), .. weights])
            .Singles("intercepts", [-intercept[0], intercept[0]])
            .Integers("classlabels_ints", [0, 1])
            .Text("post_transform", "LOGISTIC");
    }

    // The private attributes have the signs of libsvm, as the operator wants them.
    private static OnnxNode Svm(PyInstance model) => new OnnxNode("SVMClassifier")
        .Text("kernel_type", (string)Attribute(model, "kernel") == "rbf" ? "RBF" : throw new NotSupportedException("only RBF kernels are converted here"))
        .Singles("kernel_params", [(float)(double)Attribute(model, "_gamma"), 0, 0])
        .Singles("support_vectors", ToSingles(Doubles(model, "support_vectors_")))
        .Integers("vectors_per_class", ((NdArray)Attribute(model, "_n_support")).ToInt64s())
        .Singles("coefficients", ToSingles(Doubles(model, "_dual_coef_")))
        .Singles("rho", ToSingles(Doubles(model, "_intercept_")))
        .Integers("classlabels_ints", [0, 1])
        .Text("post_transform", "NONE");

    private static object Attribute(PyInstance instance, string name) =>
        instance.Attributes.TryGetValue(name, out var value) && value is not null ? value : throw new NotSupportedException($"{instance.Type} has no '{name}'");

    private static double[] Doubles(PyInstance instance, string name) => ((NdArray)Attribute(instance, name)).ToDoubles();

    private static float[] ToSingles(double[] values) => Array.ConvertAll(values, value => (float)value);
}
