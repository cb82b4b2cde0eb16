using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads the <c>Booster</c> of a model.</summary>
/// <remarks>
/// xgboost 3.3, <c>python-package/xgboost/core.py</c> and <c>sklearn.py</c>. Estimators take the rounds that early stopping found best: until 1.3
/// by their own <c>best_ntree_limit</c>, then by the booster's <c>best_iteration</c>; a booster alone takes all. Estimators predict in place since
/// 1.4. Infinite cells are refused by a <c>DMatrix</c> since 1.4, which is what a booster alone and <c>gblinear</c> are asked with; they are taken
/// before, and in place.
/// </remarks>
internal static class BoosterReader
{
    private const int MostFeatures = 1 << 24;
    private const int MostOutputs = 1 << 16;

    private static readonly BoosterVersion InPlace = new(1, 4);

    /// <summary>Reads a booster that stands alone.</summary>
    /// <exception cref="Models.ModelLoadException">It cannot be served.</exception>
    public static Booster ReadAlone(EstimatorNode node) => Guard(node, () =>
    {
        var model = ReadModel(node);
        var policy = new InputPolicy("Booster", AllowsMissing: true, AllowsAnything: model.Version < InPlace) { AbsentIsMissing = true };
        return Build(node, model, policy, model.Trees.Count, isInPlace: false);
    });

    /// <summary>Reads the booster of a scikit-learn estimator.</summary>
    /// <exception cref="Models.ModelLoadException">It cannot be served.</exception>
    public static Booster ReadInside(EstimatorNode node)
    {
        // Before 0.81 the estimator held the bytes itself.
        var inner = node.Optional("_Booster") switch
        {
            PyInstance { Type.Name: "Booster" } instance => new EstimatorNode(node.Context, instance, "Booster", node.Join("_Booster")),
            byte[] => node,
            null => throw node.Error($"'_Booster' is {(node.Has("_Booster") ? "None" : "missing")}: the estimator is not fitted; call fit before saving it"),
            _ => throw node.Unexpected("_Booster", "a Booster"),
        };
        return Guard(inner, () =>
        {
            var model = ReadModel(inner);
            var isInPlace = model.Version >= InPlace && model.Coefficients is null
                && (model.Version.Major >= 2 || node.Optional("predictor") is null or "auto");
            var policy = new InputPolicy(node.ClassName, AllowsMissing: true, AllowsAnything: isInPlace || model.Version < InPlace)
            {
                AbsentIsMissing = true,
                Marker = node.Optional("missing") is null ? double.NaN : (float)node.Number("missing"),
            };
            return Build(inner, model, policy, CountTrees(node, inner, model), isInPlace);
        });
    }

    private static Booster Guard(EstimatorNode node, Func<Booster> read)
    {
        try
        {
            return read();
        }
        catch (PayloadException e)
        {
            throw node.Error($"the booster cannot be read: {e.Message}");
        }
    }

    private static BoosterModel ReadModel(EstimatorNode node)
    {
        var place = node.ClassName == "Booster" ? "handle" : "_Booster";
        if (node.Required(place) is not byte[] bytes)
        {
            throw node.Optional(place) is null ? node.Error($"'{place}' is None: the booster is not trained") : node.Unexpected(place, "bytes");
        }

        var model = BoosterPayload.Read(bytes);
        if (model.Version > BoosterVersion.Newest)
        {
            throw node.Error($"written by xgboost {model.Version}, which is newer than this server; releases up to {BoosterVersion.Newest} are read");
        }

        node.Context.Producer ??= model.Version.Major == 0 ? "xgboost" : $"xgboost {model.Version}";
        if (model.Features is < 1 or > MostFeatures || model.Outputs > MostOutputs)
        {
            throw new PayloadException($"it has {model.Features} columns and {model.Outputs} outputs; up to {MostFeatures} and {MostOutputs} are read");
        }

        return model;
    }

    private static Booster Build(EstimatorNode node, BoosterModel model, InputPolicy policy, int trees, bool isInPlace)
    {
        var objective = BoosterObjective.Find(model);
        var bias = objective.Bias(model.BaseScore, model.Outputs);
        BoosterMargins margins = model.Coefficients is null
            ? TreeMargins.Build(model, bias, policy, trees, SumOf(model, isInPlace))
            : LinearMargins.Build(model, bias, policy);
        node.Context.Footprint.Add(margins.Size);
        return new Booster(margins, objective, BoosterCategories.Build(node, model.Categories, model.Features), ReadNames(node, model), model.Version, policy.Estimator);
    }

    private static TreeSum SumOf(BoosterModel model, bool isInPlace)
    {
        if (model.Version < (model.Weights is null ? new BoosterVersion(1, 3) : InPlace))
        {
            return TreeSum.FromZero;
        }

        return isInPlace && model.Version < new BoosterVersion(3, 3) ? TreeSum.ByDifference : TreeSum.FromBias;
    }

    // Releases until 1.3 keep the names beside the bytes, later ones in them.
    private static IReadOnlyList<string>? ReadNames(EstimatorNode node, BoosterModel model)
    {
        var names = model.FeatureNames.Count > 0 ? model.FeatureNames : node.Optional("feature_names") is null ? null : node.Texts("feature_names");
        return names is null || names.Count == model.Features
            ? names
            : throw node.Error($"the booster has {names.Count} names for {model.Features} columns");
    }

    private static int CountTrees(EstimatorNode node, EstimatorNode inner, BoosterModel model)
    {
        if (model.Version < InPlace)
        {
            var limit = node.Optional("best_ntree_limit") is null ? 0 : node.CheckedInteger("best_ntree_limit", 0, int.MaxValue);
            if (limit > 0 && model.Coefficients is not null)
            {
                throw node.Error("'best_ntree_limit' is set, with which gblinear of xgboost before 1.4 does not predict; fit it without early stopping");
            }

            return limit == 0 ? model.Trees.Count : (int)Math.Min((long)limit * model.Outputs, model.Trees.Count);
        }

        var best = inner.Optional("best_iteration") is null ? model.BestIteration : inner.CheckedInteger("best_iteration", 0, int.MaxValue - 1);
        return best is { } round ? TreesUntil(model, round + 1L) : model.Trees.Count;
    }

    private static int TreesUntil(BoosterModel model, long rounds)
    {
        if (model.Rounds is not { } starts)
        {
            return (int)Math.Min(rounds * model.ParallelTrees * model.Outputs, model.Trees.Count);
        }

        return rounds < starts.Length && starts[rounds] >= 0 && starts[rounds] <= model.Trees.Count
            ? starts[rounds]
            : throw new PayloadException($"'best_iteration' is {rounds - 1}; the trees of {starts.Length - 1} rounds are there");
    }
}
