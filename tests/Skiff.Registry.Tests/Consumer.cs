namespace Skiff.Registry.Tests;

/// <summary>What a server does with a registry, with texts for models: a text that ends in a full stop is whole.</summary>
internal sealed class Consumer(ModelRegistry registry)
{
    private ArtifactSet? _loaded;

    /// <summary>What answers: the version's name and the model's content.</summary>
    public (string Version, string Content)? Serving { get; private set; }

    /// <summary>Loads what is new, refuses what is not whole, and keeps what it has until then.</summary>
    public void Look()
    {
        for (var latest = registry.Refresh().Find("default")?.Latest; latest is not null;)
        {
            if (ReferenceEquals(latest.Artifacts, _loaded))
            {
                Serving = (latest.Version, Serving!.Value.Content);
                return;
            }

            var content = string.Concat(latest.Artifacts.Entries.Select(entry => Read(Path.Join(latest.Artifacts.Directory, entry))));
            var isWhole = content.EndsWith('.');
            if (latest.Artifacts.IsUnchanged(out var reason) && isWhole)
            {
                _loaded = latest.Artifacts;
                Serving = (latest.Version, content);
                return;
            }

            latest = registry.Refuse(latest, reason ?? "not whole").Find("default")?.Latest;
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
