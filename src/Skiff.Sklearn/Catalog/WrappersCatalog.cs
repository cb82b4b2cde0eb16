namespace Skiff.Sklearn;

/// <summary><c>sklearn_pandas</c> and <c>sklearn2pmml</c>: other ways to put scikit-learn's estimators together.</summary>
internal static class WrappersCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("DataFrameMapper", ["sklearn_pandas.dataframe_mapper"], DataFrameMapper.Read),
        new("TransformerPipeline", ["sklearn_pandas.pipeline"], Pipeline.Read),
        new("NumericalTransformer", ["sklearn_pandas.transformers"], NumericalTransformer.Read),
        new("PMMLPipeline", ["sklearn2pmml.pipeline", "sklearn2pmml"], Pipeline.Read),
        new("Alias", ["sklearn2pmml.decoration"], DomainAttributes.ReadAlias),
        new("MultiAlias", ["sklearn2pmml.decoration"], DomainAttributes.ReadAlias),
        new("ContinuousDomain", ["sklearn2pmml.decoration"], ContinuousDomain.Read),
        new("CategoricalDomain", ["sklearn2pmml.decoration"], DiscreteDomain.Read),
        new("OrdinalDomain", ["sklearn2pmml.decoration"], DiscreteDomain.Read),
        new("MultiDomain", ["sklearn2pmml.decoration"], MultiDomain.Read),

        // They forget what PMML says of a column, and change no value.
        new("DomainEraser", ["sklearn2pmml.decoration"], static _ => Passthrough.Instance),
        new("ContinuousDomainEraser", ["sklearn2pmml.decoration"], static _ => Passthrough.Instance),
        new("DiscreteDomainEraser", ["sklearn2pmml.decoration"], static _ => Passthrough.Instance),
    ];
}
