namespace Skiff.Registry;

/// <summary>Looks through a registry. Remembers what it saw; one look at a time.</summary>
internal sealed class RegistryScanner(RegistryOptions options, TimeProvider time)
{
    private readonly HashCache _hashes = new();
    private readonly MlflowStore _mlflow = new();
    private readonly Dictionary<string, ModelTrack> _models = new(StringComparer.Ordinal);
    private bool _sawModels;

    internal HashCache Hashes => _hashes;

    /// <summary>Looks once.</summary>
    /// <param name="generation">The number of the snapshot.</param>
    /// <param name="nextLook">When something that was seen changing may have settled; null when nothing was.</param>
    internal RegistrySnapshot Scan(long generation, out TimeSpan? nextLook)
    {
        var clock = new ScanClock(time, options.SettleTime, isFirst: !_sawModels);
        var links = new LinkGuard(options.Root, options.FollowLinks);
        var problems = new List<RegistryProblem>();
        _hashes.Sweep();
        var found = FindModels(links, problems, out var isReadable);

        // A volume that comes loose leaves an empty folder or none. What served goes on serving until it is back.
        var isAway = found.Count == 0 && _models.Count > 0;
        if (isAway)
        {
            problems.Insert(0, new RegistryProblem(
                null, null, ".", $"the registry {(isReadable ? "is empty or gone" : "cannot be read")}; what was loaded keeps serving until it is back"));
        }
        else
        {
            ReadModels(found, links, clock, problems);
        }

        _sawModels |= _models.Count > 0;
        nextLook = clock.NextLook;
        return Build(generation, problems, isAway);
    }

    /// <summary>Takes back what could not be loaded.</summary>
    internal void Refuse(VersionEntry entry, string reason)
    {
        if (_models.TryGetValue(entry.Model, out var model))
        {
            model.Refuse(entry.Artifacts, reason);
        }
    }

    /// <summary>Takes the sums of what serves, after it was announced: announcing does not wait for large files to be read.</summary>
    internal void TakeSums()
    {
        foreach (var model in _models.Values)
        {
            model.Latest.TakeSums();
        }
    }

    private RegistrySnapshot Build(long generation, List<RegistryProblem> problems, bool isAway)
    {
        var models = new List<ModelEntry>();
        foreach (var (_, track) in _models.OrderBy(model => model.Key, StringComparer.Ordinal))
        {
            if (track.Entry is { } entry && !track.IsEmpty)
            {
                models.Add(entry);
            }

            problems.AddRange(track.Problems);
        }

        return new RegistrySnapshot(generation, models, problems) { IsAway = isAway };
    }

    private Dictionary<string, FoundModel> FindModels(LinkGuard links, List<RegistryProblem> problems, out bool isReadable)
    {
        isReadable = true;
        var found = new Dictionary<string, FoundModel>(StringComparer.Ordinal);
        try
        {
            if (!Directory.Exists(links.RealRoot))
            {
                problems.Add(new RegistryProblem(null, null, ".", $"there is no folder {links.Root} yet; models are served as soon as it appears"));
                return found;
            }

            var root = FolderListing.Read(links.Root, links.RealRoot, links);
            foreach (var refused in root.Refused)
            {
                problems.Add(new RegistryProblem(null, null, ".", refused));
            }

            if (ModelReader.IsModel(root))
            {
                found.Add(options.ModelName, new FoundModel(root, Mlflow: null));
            }
            else
            {
                foreach (var (name, model) in _mlflow.Find(root, links))
                {
                    found.Add(name, new FoundModel(model.Folder, model));
                }

                FindModelsBelow(root, links, found, problems);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            isReadable = false;
            problems.Add(new RegistryProblem(null, null, ".", RegistryProblem.Bound(e.Message)));
        }

        return found;
    }

    private static void FindModelsBelow(FolderListing root, LinkGuard links, Dictionary<string, FoundModel> found, List<RegistryProblem> problems)
    {
        foreach (var item in root.Items.Values)
        {
            if (!item.IsDirectory || !SafeName.IsVersion(item.Name))
            {
                continue;
            }

            try
            {
                var folder = root.Enter(item.Name, links)!;
                if (ModelReader.IsModel(folder))
                {
                    found.TryAdd(item.Name, new FoundModel(folder, Mlflow: null));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new RegistryProblem(item.Name, null, item.Name, RegistryProblem.Bound(e.Message)));
            }
        }
    }

    private void ReadModels(Dictionary<string, FoundModel> found, LinkGuard links, ScanClock clock, List<RegistryProblem> problems)
    {
        var reader = new ModelReader(options, links);
        foreach (var (name, model) in found)
        {
            if (!_models.TryGetValue(name, out var track))
            {
                _models.Add(name, track = new ModelTrack(_hashes));
            }

            track.MissingSince = null;
            try
            {
                reader.Read(name, model, track, clock);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What was read of it before stays.
                problems.Add(new RegistryProblem(name, null, name, RegistryProblem.Bound(e.Message)));
            }
        }

        foreach (var (name, track) in _models)
        {
            if (found.ContainsKey(name))
            {
                continue;
            }

            track.MissingSince ??= clock.Now;
            if (clock.HasSettled(track.MissingSince.Value))
            {
                _models.Remove(name);
            }
        }
    }
}
