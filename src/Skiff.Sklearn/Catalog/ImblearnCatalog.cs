using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>imblearn</c>: pipelines with samplers, and ensembles that draw a balanced sample for each member.</summary>
internal static class ImblearnCatalog
{
    // Every class of these packages chooses or makes rows to train on; none has an answer about a row.
    private static readonly string[] SamplerPackages = ["imblearn.over_sampling.", "imblearn.under_sampling.", "imblearn.combine."];

    public static CatalogEntry[] Entries =>
    [
        new("Pipeline", ["imblearn.pipeline"], Pipeline.ReadWithSamplers),
        new("BalancedRandomForestClassifier", ["imblearn.ensemble._forest"], ForestClassifier.Read),
        new("BalancedBaggingClassifier", ["imblearn.ensemble._bagging"], BaggingClassifier.Read),
        new("EasyEnsembleClassifier", ["imblearn.ensemble._easy_ensemble"], BaggingClassifier.Read),
        new("RUSBoostClassifier", ["imblearn.ensemble._weight_boosting"], AdaBoostClassifier.Read),
    ];

    /// <summary>Whether a class has <c>fit_resample</c> and no <c>transform</c>.</summary>
    public static bool IsSampler(PyGlobal name) =>
        name is { Module: "imblearn.base", Name: "FunctionSampler" } || Array.Exists(SamplerPackages, package => name.Module.StartsWith(package, StringComparison.Ordinal));
}
