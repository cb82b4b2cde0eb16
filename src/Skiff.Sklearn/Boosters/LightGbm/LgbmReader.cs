using System.Globalization;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads the <c>Booster</c> of a lightgbm model.</summary>
/// <remarks>
/// lightgbm 4.6, <c>python-package/lightgbm/basic.py</c>, <c>Booster.__getstate__</c>, <c>Booster.predict</c> and <c>_data_from_pandas</c>. The model
/// text is <c>handle</c> until 3.3, <c>_handle</c> since 4.0. Boosters and estimators take the rounds that early stopping found best.
/// </remarks>
internal static class LgbmReader
{
    /// <summary>Reads a booster that stands alone.</summary>
    /// <exception cref="Models.ModelLoadException">It cannot be served.</exception>
    public static LgbmBooster ReadAlone(EstimatorNode node) => Read(node, "Booster");

    /// <summary>Reads the booster of a scikit-learn estimator.</summary>
    /// <exception cref="Models.ModelLoadException">It cannot be served.</exception>
    public static LgbmBooster ReadInside(EstimatorNode node)
    {
        var inner = node.Optional("_Booster") switch
        {
            PyInstance { Type.Name: "Booster" } instance => new EstimatorNode(node.Context, instance, "Booster", node.Join("_Booster")),
            null => throw node.Error($"'_Booster' is {(node.Has("_Booster") ? "None" : "missing")}: the estimator is not fitted; call fit before saving it"),
            _ => throw node.Unexpected("_Booster", "a Booster"),
        };

        // Since 4.0 estimators predict with their own parameters.
        if (inner.Has("_handle") && node.Optional("pred_early_stop") is not (null or false))
        {
            throw node.Error("'pred_early_stop' is set: rows would be asked some of the trees only, which is not served; set it to False");
        }

        return Read(inner, node.ClassName);
    }

    private static LgbmBooster Read(EstimatorNode node, string estimator)
    {
        var place = node.Has("_handle") ? "_handle" : "handle";
        if (node.Required(place) is not string text)
        {
            throw node.Optional(place) is null ? node.Error($"'{place}' is None: the booster is not trained") : node.Unexpected(place, "a text");
        }

        try
        {
            var payload = LgbmTextReader.Read(text);
            node.Context.Producer ??= $"lightgbm, model format {payload.Format}";
            var best = node.Optional("best_iteration") is null ? 0 : node.CheckedInteger("best_iteration", int.MinValue, int.MaxValue);
            var trees = LgbmTrees.Build(payload, best, estimator);
            node.Context.Footprint.Add(trees.Size);
            return new LgbmBooster(
                trees,
                LgbmObjective.Find(payload.Objective, payload.Outputs),
                ReadCategories(node, payload),
                AreNumbered(payload.FeatureNames) ? null : payload.FeatureNames,
                payload.IsBeforeThree || payload.Format < 3,
                estimator);
        }
        catch (PayloadException e)
        {
            throw node.Error($"the booster cannot be read: {e.Message}");
        }
    }

    // What lightgbm calls the columns of an array.
    private static bool AreNumbered(string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] != string.Create(CultureInfo.InvariantCulture, $"Column_{i}"))
            {
                return false;
            }
        }

        return true;
    }

    // A booster keeps the categories of each column of that dtype, in their order, and not which columns these were.
    private static BoosterCategories? ReadCategories(EstimatorNode node, LgbmPayload payload)
    {
        if (node.Optional("pandas_categorical") is null || node.List("pandas_categorical") is not { Count: > 0 } lists)
        {
            return null;
        }

        var columns = lists.Count == payload.Features ? [.. Enumerable.Range(0, payload.Features)] : CategoricalColumns(payload);
        if (columns.Count != lists.Count)
        {
            throw node.Error($"'pandas_categorical' has the categories of {lists.Count} columns, the booster splits {columns.Count} by category: "
                + "which columns had ordered categories cannot be told; give those as numbers (cat.codes) and fit again");
        }

        var categories = new object?[payload.Features][];
        categories.AsSpan().Fill([]);
        for (var i = 0; i < lists.Count; i++)
        {
            categories[columns[i]] = [.. EstimatorNode.Items(lists[i]) ?? throw node.Unexpected("pandas_categorical", "lists of categories")];
            CheckCodes(payload, columns[i], categories[columns[i]].Length);
        }

        return BoosterCategories.Build(node, categories, payload.Features, strangersAreMissing: true);
    }

    // A caller can name other columns as categorical than those of that dtype: their codes rarely fit.
    private static void CheckCodes(LgbmPayload payload, int column, int categories)
    {
        foreach (var word in payload.FeatureInfos[column].Split(':'))
        {
            if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) && code >= categories)
            {
                throw new PayloadException($"column {column} was trained with the code {code} and has {categories} categories in 'pandas_categorical': "
                    + "it is another column that had them; give every categorical column the dtype category, or none, and fit again");
            }
        }
    }

    private static List<int> CategoricalColumns(LgbmPayload payload)
    {
        var columns = new List<int>();
        foreach (var word in (payload.Categorical ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            columns.Add(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var column) && column < payload.Features
                ? column
                : throw new PayloadException($"the parameter 'categorical_feature' names '{(word.Length <= 20 ? word : "?")}'; there are {payload.Features} columns"));
        }

        if (columns.Count > 0)
        {
            columns.Sort();
            return columns;
        }

        return [.. Enumerable.Range(0, payload.Features).Where(i => payload.FeatureInfos[i] is var info && info != "none" && !info.StartsWith('['))];
    }
}
