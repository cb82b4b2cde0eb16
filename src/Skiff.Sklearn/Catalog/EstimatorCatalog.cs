using System.Diagnostics.CodeAnalysis;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// The estimators that can be read, one list a family. A name in a file is compared with these exact spellings and with nothing else; it never
/// reaches a .NET type by its text.
/// </summary>
internal static class EstimatorCatalog
{
    private static readonly Dictionary<PyGlobal, CatalogEntry> ByName = Build();

    /// <summary>Every entry.</summary>
    public static IEnumerable<CatalogEntry> Entries =>
    [
        .. ComposeCatalog.Entries,
        .. FeatureExtractionCatalog.Entries,
        .. PreprocessingCatalog.Entries,
        .. ImputeCatalog.Entries,
        .. DecompositionCatalog.Entries,
        .. FeatureSelectionCatalog.Entries,
        .. LinearCatalog.Entries,
        .. NaiveBayesCatalog.Entries,
        .. DummiesCatalog.Entries,
        .. TreesCatalog.Entries,
        .. NeighborsCatalog.Entries,
        .. SvmCatalog.Entries,
        .. KernelsCatalog.Entries,
        .. GaussianProcessCatalog.Entries,
        .. NeuralNetworkCatalog.Entries,
        .. ClusterCatalog.Entries,
        .. CrossDecompositionCatalog.Entries,
        .. DiscriminantAnalysisCatalog.Entries,
        .. ManifoldCatalog.Entries,
        .. MixtureCatalog.Entries,
        .. CovarianceCatalog.Entries,
        .. BoostersCatalog.Entries,
        .. CombinedCatalog.Entries,
        .. ModelSelectionCatalog.Entries,
        .. ImblearnCatalog.Entries,
        .. CategoryEncodersCatalog.Entries,
        .. WrappersCatalog.Entries,
    ];

    /// <summary>Finds the entry of a name in a file.</summary>
    public static bool TryFind(PyGlobal name, [NotNullWhen(true)] out CatalogEntry? entry) => ByName.TryGetValue(name, out entry);

    private static Dictionary<PyGlobal, CatalogEntry> Build()
    {
        var byName = new Dictionary<PyGlobal, CatalogEntry>();
        foreach (var entry in Entries)
        {
            foreach (var module in entry.Modules)
            {
                byName.Add(new PyGlobal(module, entry.Name), entry);
            }
        }

        return byName;
    }
}
