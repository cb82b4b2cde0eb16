using System.Collections.Concurrent;
using System.Text.Json;

namespace Skiff.TestKit.Fixtures;

/// <summary>What a fixture's model was asked: texts, or rows of numbers.</summary>
public sealed class FixtureInput
{
    private static readonly ConcurrentDictionary<string, FixtureInput> Known = new();

    private FixtureInput(JsonElement json)
    {
        var rows = json.GetProperty("rows").EnumerateArray();
        if (json.GetProperty("kind").GetString() == "text")
        {
            Texts = [.. rows.Select(row => row.GetString()!)];
        }
        else
        {
            Matrix = [.. rows.Select(row => row.EnumerateArray().Select(Number).ToArray())];
        }
    }

    /// <summary>A text a row, or null.</summary>
    public IReadOnlyList<string>? Texts { get; }

    /// <summary>Numbers a row, or null.</summary>
    public IReadOnlyList<double[]>? Matrix { get; }

    /// <summary>Rows.</summary>
    public int Rows => Texts?.Count ?? Matrix!.Count;

    internal static FixtureInput Read(string name) => Known.GetOrAdd(name, static name =>
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Fixture.Folder, "inputs", $"{name}.json")));
        return new FixtureInput(json.RootElement);
    });

    // Python writes the numbers that JSON lacks as words.
    internal static double Number(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? json.GetDouble()
        : json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var word => throw new FormatException($"'{word}' is not a number."),
        };
}
