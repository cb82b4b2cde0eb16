namespace Skiff.Server;

/// <summary>One consistent state of a registry.</summary>
/// <param name="Models">The models by name.</param>
/// <param name="IsAway">Whether the registry's folder is not there; the models are those that were.</param>
internal sealed record CatalogSnapshot(IReadOnlyList<CatalogModel> Models, bool IsAway = false)
{
    /// <summary>Nobody has looked yet.</summary>
    internal static CatalogSnapshot Unknown { get; } = new([]);
}
