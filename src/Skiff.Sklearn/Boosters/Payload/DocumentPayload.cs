using System.Globalization;

namespace Skiff.Sklearn;

/// <summary>Finds a model in a JSON or UBJSON document.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/learner.cc</c> and <c>src/gbm/gbtree_model.cc</c>. The number of trees a round grows stands in the model since 1.6, in its
/// configuration before; where each round begins since 2.0. <c>dart</c> keeps its trees one level deeper, except in <c>gbtree</c> with weights
/// since 3.3.
/// </remarks>
internal static class DocumentPayload
{
    /// <summary>Reads a model.</summary>
    /// <exception cref="PayloadException">A part of it is missing, or of another form.</exception>
    public static BoosterModel Read(PayloadObject root)
    {
        var document = root.Has("Model") ? root.Object("Model") : root;
        var learner = document.Object("learner");
        var parameters = learner.Object("learner_model_param");
        var booster = learner.Object("gradient_booster");
        var model = new BoosterModel
        {
            Version = ReadVersion(document),
            Objective = learner.Object("objective").Text("name"),
            BaseScore = ReadBaseScore(parameters),
            Features = parameters.Integer("num_feature"),
            Outputs = Math.Max(1, Math.Max(parameters.Integer("num_class"), parameters.Integer("num_target"))),
            FeatureNames = learner.OptionalTexts("feature_names"),
            BestIteration = ReadBestIteration(learner),
            Estimator = learner.OptionalObject("attributes")?.OptionalText("scikit_learn"),
        };
        return booster.Text("name") switch
        {
            "gblinear" => model with { Coefficients = booster.Object("model").Singles("weights") },
            "gbtree" => ReadTrees(model, booster.Object("model"), booster, root),
            "dart" => ReadTrees(model, booster.Object("gbtree").Object("model"), booster, root),
            _ => throw booster.Unexpected("name", "gbtree, dart or gblinear"),
        };
    }

    private static BoosterModel ReadTrees(BoosterModel model, PayloadObject forest, PayloadObject booster, PayloadObject root)
    {
        var parallel = forest.Object("gbtree_model_param").Integer("num_parallel_tree");
        return model with
        {
            Trees = [.. forest.Objects("trees").Select(new TreePayload().Read)],
            Groups = forest.Integers("tree_info"),
            Rounds = forest.Has("iteration_indptr") ? forest.Integers("iteration_indptr") : null,
            ParallelTrees = parallel > 0 ? parallel : ReadConfiguredTrees(root),
            Categories = forest.OptionalObject("cats") is { } categories ? CategoryPayload.Read(categories) : [],
            Weights = booster.Has("weight_drop") ? booster.Singles("weight_drop") : null,
        };
    }

    private static int ReadConfiguredTrees(PayloadObject root)
    {
        var booster = root.OptionalObject("Config")?.OptionalObject("learner")?.OptionalObject("gradient_booster");
        var training = (booster?.OptionalObject("gbtree") ?? booster)?.OptionalObject("gbtree_train_param");
        return Math.Max(1, training?.Integer("num_parallel_tree", 1) ?? 1);
    }

    private static BoosterVersion ReadVersion(PayloadObject document) => document.Integers("version") is [var major, var minor, ..]
        ? new BoosterVersion(major, minor)
        : throw document.Unexpected("version", "three integers");

    // One number, or since 3.1 one an output: [5E-1,2.5E-1].
    private static float[] ReadBaseScore(PayloadObject parameters)
    {
        var items = parameters.Text("base_score").Trim('[', ']').Split(',');
        return [.. items.Select(item => float.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            ? score
            : throw parameters.Unexpected("base_score", "numbers"))];
    }

    private static int? ReadBestIteration(PayloadObject learner) =>
        int.TryParse(learner.OptionalObject("attributes")?.OptionalText("best_iteration"), NumberStyles.None, CultureInfo.InvariantCulture, out var best)
            ? best
            : null;
}
