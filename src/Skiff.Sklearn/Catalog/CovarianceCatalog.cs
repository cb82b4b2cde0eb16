namespace Skiff.Sklearn;

/// <summary><c>sklearn.covariance</c>.</summary>
internal static class CovarianceCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("EllipticEnvelope", ["sklearn.covariance._elliptic_envelope", "sklearn.covariance.elliptic_envelope"], EllipticEnvelope.Read),
    ];
}
