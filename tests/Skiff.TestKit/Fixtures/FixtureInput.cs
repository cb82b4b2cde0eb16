using System.Collections.Concurrent;
using System.Text.Json;

namespace Skiff.TestKit.Fixtures;

/// <summary>What a fixture's model was asked: texts, lists or objects, rows of numbers, or the rows of a data frame.</summary>
public sealed class FixtureInput
{
    private static readonly ConcurrentDictionary<string, FixtureInput> Known = new();

    private FixtureInput(JsonElement json)
    {
        var rows = json.GetProperty("rows").EnumerateArray();
        switch (json.GetProperty("kind").GetString())
        {
            case "text":
                Texts = [.. rows.Select(row => row.GetString()!)];
                break;
            case "json":
                JsonTexts = [.. rows.Select(row => row.GetString()!)];
                break;
            case "matrix":
                Matrix = [.. rows.Select(row => row.EnumerateArray().Select(Number).ToArray())];
                break;
            default:
                JsonColumns = [.. json.GetProperty("columns").EnumerateArray().Select((column, i) => column[1].GetString() == "json" ? i : -1).Where(i => i >= 0)];
                Frame = [.. rows.Select(row => row.EnumerateArray().Select(Cell).ToArray())];
                FrameNames = json.GetProperty("named").GetBoolean()
                    ? [.. json.GetProperty("columns").EnumerateArray().Select(column => column[0].GetString()!)]
                    : null;
                break;
        }
    }

    /// <summary>A text a row, or null.</summary>
    public IReadOnlyList<string>? Texts { get; }

    /// <summary>A list or an object a row, as JSON, or null.</summary>
    public IReadOnlyList<string>? JsonTexts { get; }

    /// <summary>Numbers a row, or null.</summary>
    public IReadOnlyList<double[]>? Matrix { get; }

    /// <summary>The cells of a data frame a row, or null: <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, or null where one is missing.</summary>
    public IReadOnlyList<object?[]>? Frame { get; }

    /// <summary>The columns of a data frame whose cells are JSON.</summary>
    public IReadOnlyList<int> JsonColumns { get; } = [];

    /// <summary>The names of a data frame's columns; null where there is none, or where the rows are by position.</summary>
    public IReadOnlyList<string>? FrameNames { get; }

    /// <summary>Rows.</summary>
    public int Rows => Texts?.Count ?? JsonTexts?.Count ?? Matrix?.Count ?? Frame!.Count;

    internal static FixtureInput Read(string name) => Known.GetOrAdd(name, static name =>
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Fixture.Folder, "inputs", $"{name}.json")));
        return new FixtureInput(json.RootElement);
    });

    private static object? Cell(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString()!,
        _ => json.GetDouble(),
    };

    /// <summary>A number; Python writes those that JSON lacks as words.</summary>
    public static double Number(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? json.GetDouble()
        : json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var word => throw new FormatException($"'{word}' is not a number."),
        };
}
