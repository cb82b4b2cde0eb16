using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Skiff.Models;
using Skiff.Registry;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary>A version that is put together in a folder of its own, as it would be published, and tried there before anything is.</summary>
internal sealed class StagedModel : IDisposable
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What each file of the version was called by whoever named it.
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    private readonly string _root = Directory.CreateTempSubdirectory("skiff-add-").FullName;

    // One folder further down: what lies beside it is not searched for sources of functions.
    private string Model => Path.Join(_root, "model");

    public StagedModel() => Directory.CreateDirectory(Folder);

    /// <summary>The folder whose content is the version: the only one of a registry of its own.</summary>
    public string Folder => Path.Join(Model, "versions", "1");

    /// <summary>Copies a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called in the version; null for its own name.</param>
    /// <returns>What it is called.</returns>
    /// <exception cref="CommandException">It is not there, or another one has its name.</exception>
    public string Add(string path, string? name = null)
    {
        name ??= Path.GetFileName(path);
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new CommandException(Directory.Exists(full) ? $"{path} is a folder where a file is expected" : $"there is no file {path}");
        }

        if (_given.TryGetValue(name, out var other))
        {
            return Path.GetFullPath(other) == full ? name : throw new CommandException($"{other} and {path} have the same name, and a version's folder holds one of a name; rename one");
        }

        var destination = Path.Join(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        File.Copy(full, destination);
        _given.Add(name, path);
        AddSources(full, name);
        return name;
    }

    /// <summary>Copies a version whole, but for what is hidden.</summary>
    /// <param name="folder">The version's folder.</param>
    public void AddAll(string folder)
    {
        var pending = new Queue<string>([string.Empty]);
        while (pending.TryDequeue(out var below))
        {
            foreach (var item in new DirectoryInfo(Path.Join(folder, below)).EnumerateFileSystemInfos().Where(item => !item.Name.StartsWith('.') && item.Name != "__pycache__"))
            {
                var name = below.Length == 0 ? item.Name : $"{below}/{item.Name}";
                if (item is not DirectoryInfo)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(Folder, name))!);
                    File.Copy(item.FullName, Path.Join(Folder, name));
                }
                else if (item.LinkTarget is null)
                {
                    pending.Enqueue(name);
                }
            }
        }
    }

    /// <summary>The entry of the version as a registry finds it.</summary>
    /// <exception cref="CommandException">It is no version.</exception>
    public VersionEntry Find() => RegistrySource.Find(new RegistryOptions { Root = Model }, null, null);

    /// <summary>Copies what stands before the <c>#</c> of an entry such as <c>bundle.pkl#scaler</c>.</summary>
    /// <returns>The entry within the version.</returns>
    public string AddEntry(string entry)
    {
        var hash = File.Exists(entry) ? -1 : entry.LastIndexOf('#');
        return hash < 0 ? Add(entry) : $"{Add(entry[..hash])}{entry[hash..]}";
    }

    /// <summary>Writes the version's <c>metadata.json</c>, and takes away the files that it does not use.</summary>
    /// <param name="plan">What the version consists of.</param>
    /// <param name="features">The names of the columns where they are no entry, or null.</param>
    /// <param name="metadata">What else it shall say: a JSON object, or null.</param>
    public void Describe(ModelPlan plan, IReadOnlyList<string>? features, JsonElement? metadata)
    {
        var entries = new[] { plan.Labels, plan.Features }.Concat(plan.Artifacts).Concat([plan.Threshold?.Contains('#', StringComparison.Ordinal) == true ? plan.Threshold : null]);
        var used = entries.OfType<string>().Select(FileOf).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _given.Keys.Where(name => !used.Contains(name) && !name.EndsWith(".py", StringComparison.Ordinal)))
        {
            File.Delete(Path.Join(Folder, name));
        }

        var artifacts = plan.Artifacts;
        if (used.Count == 1 && artifacts is [var only] && !only.Contains('#', StringComparison.Ordinal))
        {
            // One model alone has the name that every reader knows.
            File.Move(Path.Join(Folder, only), Path.Join(Folder, only.EndsWith(".joblib", StringComparison.Ordinal) ? "model.joblib" : "model.pkl"));
            artifacts = [];
        }

        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Indented))
        {
            json.WriteStartObject();
            foreach (var property in metadata?.EnumerateObject().Where(property => property.Name is not ("artifacts" or "labels" or "threshold" or "features")) ?? [])
            {
                property.WriteTo(json);
            }

            WriteKeys(json, plan with { Artifacts = artifacts }, features);
            json.WriteEndObject();
        }

        File.WriteAllBytes(Path.Join(Folder, "metadata.json"), output.WrittenSpan.ToArray());
    }

    /// <summary>Writes what of <c>metadata.json</c> says how the files fit together.</summary>
    public static void WriteKeys(Utf8JsonWriter json, ModelPlan plan, IReadOnlyList<string>? features)
    {
        if (plan.Artifacts.Count > 0)
        {
            json.WriteStartArray("artifacts"u8);
            foreach (var artifact in plan.Artifacts)
            {
                json.WriteStringValue(artifact);
            }

            json.WriteEndArray();
        }

        if (plan.Labels is not null)
        {
            json.WriteString("labels"u8, plan.Labels);
        }

        if (plan.Threshold is { } threshold)
        {
            json.WritePropertyName("threshold"u8);
            if (threshold.Contains('#', StringComparison.Ordinal))
            {
                json.WriteStringValue(threshold);
            }
            else
            {
                json.WriteRawValue(threshold);
            }
        }

        if (features is not null)
        {
            json.WriteStartArray("features"u8);
            foreach (var feature in features)
            {
                json.WriteStringValue(feature);
            }

            json.WriteEndArray();
        }
        else if (plan.Features is not null)
        {
            json.WriteString("features"u8, plan.Features);
        }
    }

    /// <summary>Loads the version as a server would.</summary>
    /// <exception cref="CommandException">It is no version.</exception>
    /// <exception cref="ModelLoadException">Its pieces do not fit, or cannot be served.</exception>
    public SklearnModel Load(CancellationToken cancellation) =>
        new SklearnModelLoader().Load(RegistrySource.Of(Find()), cancellation);

    /// <summary>A message with the files called as the person called them.</summary>
    public string Translate(string message)
    {
        var names = _given.Keys.Where(name => _given[name] != name).ToList();
        return names.Exists(name => _given.Keys.Any(other => other != name && other.Contains(name, StringComparison.Ordinal)))
            ? message
            : names.Aggregate(message, (text, name) => text.Replace(name, _given[name], StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string FileOf(string entry) => entry.Split('#')[0];

    // The sources of the Python functions that a model names, where they lie beside it or, in a registry, above it.
    private void AddSources(string path, string name)
    {
        if (name.EndsWith(".py", StringComparison.Ordinal))
        {
            return;
        }

        const string Needs = "function, needs ";
        try
        {
            var names = ModelInspector.Inspect(path).Names;
            foreach (var needed in names.Where(found => found.Verdict.StartsWith(Needs, StringComparison.Ordinal)).Select(found => found.Verdict[Needs.Length..]).Distinct())
            {
                var source = FoldersAround(Path.GetDirectoryName(path)!).Select(folder => Path.Join(folder, needed)).FirstOrDefault(File.Exists);
                if (source is not null && !_given.ContainsKey(needed))
                {
                    Add(source, needed);
                }
            }
        }
        catch (Pickle.PickleException)
        {
            // Not a pickle: whoever reads it as one says so.
        }
    }

    private static IEnumerable<string> FoldersAround(string folder)
    {
        yield return folder;
        var above = Path.GetDirectoryName(folder);
        var model = Path.GetFileName(folder) == "latest" ? above : Path.GetFileName(above) == "versions" ? Path.GetDirectoryName(above) : null;
        if (model is not null)
        {
            yield return model;
            yield return Path.GetDirectoryName(model) ?? model;
        }
    }
}
