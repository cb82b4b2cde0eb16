using System.Text;
using System.Text.Json;

namespace Skiff.Bench.Load;

/// <summary>A request, and what each version of its model answers to it: arrays by their names, all their cells one after the other.</summary>
internal sealed class PlannedRequest
{
    private const double Tolerance = 1e-9;

    private readonly string? _version;
    private readonly Dictionary<string, Dictionary<string, object[]>> _answers;

    private PlannedRequest(string path, byte[] body, string? version, Dictionary<string, Dictionary<string, object[]>> answers)
    {
        Path = path;
        Body = body;
        _version = version;
        _answers = answers;
    }

    internal string Path { get; }

    internal byte[] Body { get; }

    internal static PlannedRequest Read(JsonElement json) => new(
        json.GetProperty("path").GetString()!,
        Encoding.UTF8.GetBytes(json.GetProperty("body").GetString()!),
        json.GetProperty("version").GetString(),
        json.GetProperty("answers").EnumerateObject().ToDictionary(
            static version => version.Name,
            static version => version.Value.EnumerateObject().ToDictionary(static array => array.Name, static array => Cells(array.Value))));

    /// <summary>Whether an answer is that of the version that it names, and that version one that was asked for.</summary>
    internal bool IsRight(ReadOnlySpan<byte> body)
    {
        using var json = JsonDocument.Parse(body.ToArray());
        var root = json.RootElement;
        var isSimple = root.TryGetProperty("version", out var version);
        var name = (isSimple ? version : root.GetProperty("model_version")).GetString()!;
        if ((_version is not null && name != _version) || !_answers.TryGetValue(name, out var expected))
        {
            return false;
        }

        var given = isSimple ? Simple(root) : OpenInference(root);
        return given.Count == expected.Count && expected.All(array => given.TryGetValue(array.Key, out var cells) && AreClose(array.Value, cells));
    }

    private static Dictionary<string, object[]> Simple(JsonElement root)
    {
        var given = root.GetProperty("outputs").EnumerateObject().ToDictionary(static array => array.Name, static array => Cells(array.Value));
        given["predict"] = Cells(root.GetProperty("predictions"));
        return given;
    }

    private static Dictionary<string, object[]> OpenInference(JsonElement root) =>
        root.GetProperty("outputs").EnumerateArray().ToDictionary(static array => array.GetProperty("name").GetString()!, static array => Cells(array.GetProperty("data")));

    private static object[] Cells(JsonElement array) =>
        [.. array.EnumerateArray().SelectMany(static item => item.ValueKind switch
        {
            JsonValueKind.Array => Cells(item),
            JsonValueKind.String => [item.GetString()!],
            _ => [item.GetDouble()],
        })];

    private static bool AreClose(object[] expected, object[] given) =>
        expected.Length == given.Length && expected.Zip(given).All(static pair => pair switch
        {
            (double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(a)),
            var (a, b) => a.Equals(b),
        });
}
