namespace Skiff.Server;

/// <summary>One consistent state of a registry.</summary>
/// <param name="Models">The models by name.</param>
internal sealed record CatalogSnapshot(IReadOnlyList<CatalogModel> Models)
{
    /// <summary>Nobody has looked yet.</summary>
    internal static CatalogSnapshot Unknown { get; } = new([]);
}
