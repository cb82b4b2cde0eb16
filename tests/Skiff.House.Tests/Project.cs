using System.Xml.Linq;

namespace Skiff.House.Tests;

/// <summary>One project file, as far as the rules of the house are about it.</summary>
internal sealed record Project(string Path, string Name, XElement Content)
{
    /// <summary>The projects it refers to, by name, in the order of the alphabet.</summary>
    public IReadOnlyList<string> References { get; } =
        [.. Content.Descendants("ProjectReference").Select(reference => NameOf((string?)reference.Attribute("Include") ?? "")).Order(StringComparer.Ordinal)];

    public static Project Read(string path) => new(path, NameOf(path), XElement.Load(Repository.FullPath(path)));

    public static IReadOnlyList<Project> Under(string folder) => [.. Repository.Files(folder, ".csproj").Select(Read)];

    private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
