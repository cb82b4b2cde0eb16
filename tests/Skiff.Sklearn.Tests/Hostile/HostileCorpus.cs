namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>All hostile files, by what they attack.</summary>
internal static class HostileCorpus
{
    public static IReadOnlyList<(string Title, HostileFile[] Files)> Families { get; } =
    [
        ("Calls", [.. HostileCalls.All]),
        ("Structures", [.. HostileStructures.All]),
        ("Bombs", [.. HostileBombs.All]),
        ("Functions and patterns", [.. HostileFunctions.All]),
    ];

    public static IEnumerable<HostileFile> All => Families.SelectMany(family => family.Files);
}
