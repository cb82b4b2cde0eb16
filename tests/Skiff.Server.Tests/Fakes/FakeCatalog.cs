using Skiff.Models;

namespace Skiff.Server.Tests;

/// <summary>Offers what a test says, over one folder of files.</summary>
internal sealed class FakeCatalog(string directory) : ICatalog
{
    private volatile CatalogSnapshot _current = CatalogSnapshot.Unknown;
    private Action? _changed;

    public CatalogSnapshot Current => _current;

    public string Place => directory;

    /// <summary>What was refused, by the calls that said so.</summary>
    internal List<IReadOnlyList<(CatalogVersion Version, string Reason)>> Refused { get; } = [];

    public IDisposable OnChange(Action changed)
    {
        _changed += changed;
        return new MemoryStream();
    }

    public void Refuse(IReadOnlyList<(CatalogVersion Version, string Reason)> refused) => Refused.Add(refused);

    internal void Offer(IEnumerable<CatalogModel> models)
    {
        _current = new CatalogSnapshot([.. models]);
        _changed?.Invoke();
    }

    /// <summary>A model with one version, which <paramref name="file"/> holds.</summary>
    internal CatalogModel Model(string name, string version = "1", string file = "model.joblib")
    {
        var source = new ModelSource { Directory = directory, Artifacts = [file] };
        var none = "null"u8.ToArray();
        var entry = new CatalogVersion(name, version, new object(), source, new VersionFacts("{}"u8.ToArray(), none, none, none), static () => null);
        return new CatalogModel(name, [entry], entry, new Dictionary<string, string>());
    }
}
