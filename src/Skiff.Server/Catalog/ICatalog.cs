namespace Skiff.Server;

/// <summary>Which models and versions there are: what the data plane wants to know of a registry, and no more.</summary>
internal interface ICatalog
{
    /// <summary>What there is now. Immutable.</summary>
    CatalogSnapshot Current { get; }

    /// <summary>Calls back after <see cref="Current"/> has changed, on any thread; dispose of the answer to stop.</summary>
    IDisposable OnChange(Action changed);

    /// <summary>Says that versions cannot be loaded. Each is offered again once its files change; the last good one is until then.</summary>
    void Refuse(IReadOnlyList<(CatalogVersion Version, string Reason)> refused);

    /// <summary>Where models are looked for, for messages.</summary>
    string Place { get; }
}
