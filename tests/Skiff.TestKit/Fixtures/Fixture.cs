using System.Text.Json;

namespace Skiff.TestKit.Fixtures;

/// <summary>A model that scikit-learn wrote, with its own answers; tools/fixtures/README.md describes the files.</summary>
public sealed class Fixture
{
    private Fixture(string name, JsonElement json)
    {
        Name = name;
        Directory = Path.Combine(Folder, Path.GetDirectoryName(name)!);
        Release = json.GetProperty("sklearn").GetString()!;
        Class = json.GetProperty("class").GetString()!;
        Artifacts = Texts(json, "artifacts");
        Labels = Text(json, "labels");
        Threshold = Text(json, "threshold");
        FeaturesEntry = Text(json, "featuresEntry");
        Refused = json.TryGetProperty("refused", out _) ? Texts(json, "refused") : null;
        Unchecked = json.TryGetProperty("unchecked", out _) ? Texts(json, "unchecked") : [];
        Input = Text(json, "input") is { } input ? FixtureInput.Read(input) : null;
        Outputs = Entries(json, "outputs").ToDictionary(x => x.Name, x => new FixtureArray(x.Value));
        Alone = json.TryGetProperty("alone", out _) ? Entries(json, "alone").ToDictionary(x => x.Name, x => new FixtureArray(x.Value)) : Outputs;
        Errors = Entries(json, "errors").ToDictionary(x => x.Name, x => x.Value.GetString()!);
    }

    /// <summary>The folder of all fixtures, which also holds the functions that models name: that of the repository, or the one that SKIFF_FIXTURES names.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("SKIFF_FIXTURES") ?? RepositoryFolder.At("tests/fixtures");

    /// <summary>Release and name: <c>1.9.0/tfidf-default</c>.</summary>
    public string Name { get; }

    /// <summary>The folder of its files.</summary>
    public string Directory { get; }

    /// <summary>The scikit-learn that wrote it.</summary>
    public string Release { get; }

    /// <summary>The model's Python class.</summary>
    public string Class { get; }

    /// <summary>The files in the order in which data passes them.</summary>
    public IReadOnlyList<string> Artifacts { get; }

    /// <summary>The label encoder's file, or null.</summary>
    public string? Labels { get; }

    /// <summary>What replaces 0.5, or null.</summary>
    public string? Threshold { get; }

    /// <summary>The dict entry that names the columns, or null.</summary>
    public string? FeaturesEntry { get; }

    /// <summary>What goes in; null where the model must be refused.</summary>
    public FixtureInput? Input { get; }

    /// <summary>What scikit-learn answers, by method, or by method and number where it answers with a list of arrays.</summary>
    public IReadOnlyDictionary<string, FixtureArray> Outputs { get; }

    /// <summary>What it answers to each row in a call of its own; the same but for models that solve for all rows of a call together.</summary>
    public IReadOnlyDictionary<string, FixtureArray> Alone { get; }

    /// <summary>The methods that raise on this input, with what they say.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; }

    /// <summary>The methods whose answers are not compared, because scikit-learn's are rounding errors.</summary>
    public IReadOnlyList<string> Unchecked { get; }

    /// <summary>The words that the refusal to load must hold, or null where the model loads.</summary>
    public IReadOnlyList<string>? Refused { get; }

    /// <summary>The names of all fixtures, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. System.IO.Directory.EnumerateDirectories(Folder)
            .Where(folder => Path.GetFileName(folder) != "inputs")
            .SelectMany(folder => System.IO.Directory.EnumerateFiles(folder, "*.json"))
            .Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileNameWithoutExtension(file)}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a fixture.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static Fixture Read(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, $"{name}.json")));
        return new Fixture(name, json.RootElement);
    }

    private static string? Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) ? value.GetString() : null;

    private static string[] Texts(JsonElement json, string key) => [.. json.GetProperty(key).EnumerateArray().Select(x => x.GetString()!)];

    private static IEnumerable<JsonProperty> Entries(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) ? value.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
