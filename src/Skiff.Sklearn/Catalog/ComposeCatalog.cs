namespace Skiff.Sklearn;

/// <summary><c>sklearn.pipeline</c>.</summary>
internal static class ComposeCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("Pipeline", ["sklearn.pipeline"], Pipeline.Read),
        new("ColumnTransformer", ["sklearn.compose._column_transformer"], ColumnTransformerReader.Read),
        new("FeatureUnion", ["sklearn.pipeline"], FeatureUnion.Read),
    ];
}
