using Skiff.TestKit.Pickles;
using static Skiff.TestKit.Pickles.PickleValue;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>The models that hostile files are made of, as scikit-learn writes them.</summary>
internal static class HostileModels
{
    /// <summary>A logistic regression of two columns that answers 1 about (1, 1), with some attributes given otherwise.</summary>
    public static PickleCall Logistic(params (string Name, object? Value)[] otherwise) => Estimator(
        "sklearn.linear_model._logistic",
        "LogisticRegression",
        [
            ("classes_", Integers(0, 1)), ("coef_", Numbers([1, 2], 2, 1)), ("intercept_", Numbers([1], -1)), ("multi_class", "auto"),
            ("solver", "lbfgs"), ("n_features_in_", 2),
        ],
        otherwise);

    /// <summary>A decision tree of two columns and three nodes, with some attributes given otherwise.</summary>
    /// <param name="nodes">The nodes: left, right, column, threshold.</param>
    public static PickleCall Tree(params (long Left, long Right, long Feature, double Threshold)[] nodes) => Estimator(
        "sklearn.tree._classes",
        "DecisionTreeClassifier",
        [("tree_", TreeOf(nodes)), ("classes_", Integers(0, 1)), ("n_classes_", 2), ("n_outputs_", 1), ("n_features_in_", 2)]);

    /// <summary>The arrays of a tree.</summary>
    public static PickleCall TreeOf(params (long Left, long Right, long Feature, double Threshold)[] nodes)
    {
        using var records = new MemoryStream();
        using var writer = new BinaryWriter(records);
        foreach (var (left, right, feature, threshold) in nodes)
        {
            writer.Write(left);
            writer.Write(right);
            writer.Write(feature);
            writer.Write(threshold);
            writer.Write(0.5);
            writer.Write(10L);
            writer.Write(10.0);
        }

        var type = Record(
            ("left_child", "i8"), ("right_child", "i8"), ("feature", "i8"), ("threshold", "f8"), ("impurity", "f8"), ("n_node_samples", "i8"), ("weighted_n_node_samples", "f8"));
        return new PickleCall(
            new PickleName("sklearn.tree._tree", "Tree"),
            [2, Integers(2), 1],
            new Dictionary<string, object?>
            {
                ["max_depth"] = 1,
                ["node_count"] = nodes.Length,
                ["nodes"] = Array(type, [nodes.Length], records.ToArray()),
                ["values"] = Numbers([nodes.Length, 1, 2], [.. nodes.SelectMany(_ => new[] { 0.25, 0.75 })]),
            });
    }

    /// <summary>A forest of the trees given.</summary>
    public static PickleCall Forest(List<object?> trees) => Estimator(
        "sklearn.ensemble._forest",
        "RandomForestClassifier",
        [("estimators_", trees), ("classes_", Integers(0, 1)), ("n_classes_", 2), ("n_outputs_", 1), ("n_features_in_", 2)]);

    /// <summary>A support vector machine of two columns, with some attributes given otherwise.</summary>
    public static PickleCall Svm(params (string Name, object? Value)[] otherwise) => Estimator(
        "sklearn.svm._classes",
        "SVC",
        [
            ("kernel", "linear"), ("gamma", "scale"), ("_gamma", 0.5), ("degree", 3), ("coef0", 0.0), ("probability", false), ("break_ties", false),
            ("decision_function_shape", "ovr"), ("_sparse", false), ("classes_", Integers(0, 1)), ("support_", Counts(0, 1)),
            ("support_vectors_", Numbers([2, 2], 0, 0, 1, 1)), ("_n_support", Counts(1, 1)), ("_dual_coef_", Numbers([1, 2], -1, 1)),
            ("_intercept_", Numbers([1], -1)), ("n_features_in_", 2), ("shape_fit_", new object?[] { 2, 2 }),
        ],
        otherwise);

    /// <summary>Words that are counted and judged, by a vectorizer with some attributes given otherwise.</summary>
    public static PickleCall Words(params (string Name, object? Value)[] otherwise) => Pipeline(
        ("words", Vectorizer(otherwise)),
        ("model", Logistic()));

    /// <summary>A vectorizer of two words.</summary>
    public static PickleCall Vectorizer(params (string Name, object? Value)[] otherwise) => Estimator(
        "sklearn.feature_extraction.text",
        "CountVectorizer",
        [
            ("input", "content"), ("encoding", "utf-8"), ("decode_error", "strict"), ("strip_accents", null), ("preprocessor", null), ("tokenizer", null),
            ("analyzer", "word"), ("lowercase", true), ("token_pattern", @"(?u)\b\w\w+\b"), ("stop_words", null), ("ngram_range", new object?[] { 1, 1 }),
            ("binary", false), ("dtype", new PickleName("numpy", "int64")), ("vocabulary_", new Dictionary<string, object?> { ["good"] = 0, ["great"] = 1 }),
        ],
        otherwise);

    /// <summary>A pipeline.</summary>
    public static PickleCall Pipeline(params (object Name, object? Step)[] steps) => Estimator(
        "sklearn.pipeline", "Pipeline", [("steps", new List<object?>(steps.Select(step => new[] { step.Name, step.Step }))), ("memory", null), ("verbose", false)]);

    /// <summary>An estimator of scikit-learn 1.4.2.</summary>
    public static PickleCall Estimator(string module, string name, (string Name, object? Value)[] attributes, params (string Name, object? Value)[] otherwise)
    {
        var all = attributes.ToDictionary(a => a.Name, a => a.Value);
        all["_sklearn_version"] = "1.4.2";
        foreach (var (attribute, value) in otherwise)
        {
            all[attribute] = value;
        }

        return Object(module, name, [.. all.Select(entry => (entry.Key, entry.Value))]);
    }
}
