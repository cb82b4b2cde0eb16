using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Skiff.Pickle.Tests;

/// <summary>The files that <c>tools/pickle/write_fixtures.py</c> wrote.</summary>
internal static class Fixtures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data");
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    public static string[] Files(string pattern) => [.. Directory.GetFiles(Folder, pattern).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    public static JsonNode Expected(string file) => JsonNode.Parse(Texts.GetOrAdd(file[..5], name => File.ReadAllText(Path.Combine(Folder, name + ".json"))))!;
}
