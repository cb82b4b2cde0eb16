namespace Skiff.Sklearn;

/// <summary><c>sklearn.preprocessing</c>.</summary>
internal static class PreprocessingCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("OneHotEncoder", ["sklearn.preprocessing._encoders"], OneHotEncoder.Read),
        new("OrdinalEncoder", ["sklearn.preprocessing._encoders"], OrdinalEncoder.Read),
        new("TargetEncoder", ["sklearn.preprocessing._target_encoder"], TargetEncoder.Read),
        new("FunctionTransformer", ["sklearn.preprocessing._function_transformer"], FunctionTransformer.Read),
        new("StandardScaler", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], StandardScaler.Read),
        new("MaxAbsScaler", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], MaxAbsScaler.Read),
        new("MinMaxScaler", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], MinMaxScaler.Read),
        new("RobustScaler", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], RobustScaler.Read),
        new("Binarizer", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], Binarizer.Read),
        new("PolynomialFeatures", ["sklearn.preprocessing._polynomial", "sklearn.preprocessing._data", "sklearn.preprocessing.data"], PolynomialFeatures.Read),
        new("PowerTransformer", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], PowerTransformer.Read),
        new("QuantileTransformer", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], QuantileTransformer.Read),
        new("KBinsDiscretizer", ["sklearn.preprocessing._discretization"], KBinsDiscretizer.Read),
        new("SplineTransformer", ["sklearn.preprocessing._polynomial"], SplineTransformer.Read),
        new("LabelBinarizer", ["sklearn.preprocessing._label", "sklearn.preprocessing.label"], LabelBinarizer.Read),
        new("MultiLabelBinarizer", ["sklearn.preprocessing._label", "sklearn.preprocessing.label"], MultiLabelBinarizer.Read),
        new("LabelEncoder", ["sklearn.preprocessing._label", "sklearn.preprocessing.label"], LabelEncoder.Read),
        new("KernelCenterer", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], KernelCenterer.Read),
        new("Normalizer", ["sklearn.preprocessing._data", "sklearn.preprocessing.data"], Normalizer.Read),
    ];
}
