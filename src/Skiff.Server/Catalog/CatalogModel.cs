namespace Skiff.Server;

/// <summary>A model and its versions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Versions">What can be read, lowest first.</param>
/// <param name="Latest">What answers when no version is asked for; null while there is none.</param>
/// <param name="Unservable">Versions that are there but cannot be read, and why.</param>
internal sealed record CatalogModel(
    string Name,
    IReadOnlyList<CatalogVersion> Versions,
    CatalogVersion? Latest,
    IReadOnlyDictionary<string, string> Unservable);
