namespace Skiff.Sklearn;

/// <summary>What combines fitted estimators: votes, stacks, calibrations, one against the rest.</summary>
internal static class CombinedCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("VotingClassifier", ["sklearn.ensemble._voting", "sklearn.ensemble.voting"], VotingClassifier.Read),
        new("VotingRegressor", ["sklearn.ensemble._voting", "sklearn.ensemble.voting"], VotingRegressor.Read),
        new("StackingClassifier", ["sklearn.ensemble._stacking"], Stacking.ReadClassifier),
        new("StackingRegressor", ["sklearn.ensemble._stacking"], Stacking.ReadRegressor),
        new("CalibratedClassifierCV", ["sklearn.calibration"], CalibratedClassifier.Read),
        new("IsotonicRegression", ["sklearn.isotonic"], IsotonicRegression.Read),
        new("TransformedTargetRegressor", ["sklearn.compose._target"], TransformedTarget.Read),
        new("OneVsRestClassifier", ["sklearn.multiclass"], OneVsRestClassifier.Read),
        new("OneVsOneClassifier", ["sklearn.multiclass"], OneVsOneClassifier.Read),
        new("OutputCodeClassifier", ["sklearn.multiclass"], OutputCodeClassifier.Read),
        new("SelfTrainingClassifier", ["sklearn.semi_supervised._self_training"], SelfTraining.Read),
        new("LabelPropagation", ["sklearn.semi_supervised._label_propagation", "sklearn.semi_supervised.label_propagation"], LabelPropagation.Read),
        new("LabelSpreading", ["sklearn.semi_supervised._label_propagation", "sklearn.semi_supervised.label_propagation"], LabelPropagation.Read),
        new("FrozenEstimator", ["sklearn.frozen._frozen"], SelfTraining.ReadFrozen),
        new("MultiOutputClassifier", ["sklearn.multioutput"], MultiOutputClassifier.Read),
        new("MultiOutputRegressor", ["sklearn.multioutput"], MultiOutputRegressor.Read),
        new("ClassifierChain", ["sklearn.multioutput"], OutputChain.ReadClassifier),
        new("RegressorChain", ["sklearn.multioutput"], OutputChain.ReadRegressor),
        new("FixedThresholdClassifier", ["sklearn.model_selection._classification_threshold"], ThresholdClassifier.ReadFixed),
        new("TunedThresholdClassifierCV", ["sklearn.model_selection._classification_threshold"], ThresholdClassifier.ReadTuned),
    ];
}
