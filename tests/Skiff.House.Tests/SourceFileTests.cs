namespace Skiff.House.Tests;

/// <summary>What holds for every file of the tree, whoever wrote it.</summary>
public class SourceFileTests
{
    private const int MostLines = 450;

    /// <summary>Put together here, so that this file is not its own first offender.</summary>
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/tmp/w" + "t/", "/opt/s" + "k/", "C:\\Us" + "ers\\"];

    private static readonly string[] Postponed = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X:"];

    public static TheoryData<string> Rooms => [.. Project.Under("src").Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void SourceFile_Length_FitsAReader(string room) =>
        Repository.AssertNone(Code(room)
            .Where(file => !file.Contains("/Generated/", StringComparison.Ordinal))
            .Select(file => (file, lines: Repository.ReadLines(file).Length))
            .Where(pair => pair.lines > MostLines)
            .Select(pair => $"{pair.file}: {pair.lines} lines, at most {MostLines}"));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void SourceFile_Work_IsNotPostponed(string room) =>
        Repository.AssertNone(from file in Code(room)
                              from word in Postponed
                              where Repository.Read(file).Contains(word, StringComparison.Ordinal)
                              select $"{file}: {word}");

    [Theory]
    [MemberData(nameof(Rooms))]
    public void SourceFile_Namespace_IsThatOfItsRoom(string room) =>
        Repository.AssertNone(from file in Code(room)
                              from line in Repository.ReadLines(file)
                              where line.StartsWith("namespace ", StringComparison.Ordinal)
                              let name = line["namespace ".Length..].TrimEnd(';', ' ')
                              where name != room && !name.StartsWith(room + ".", StringComparison.Ordinal)
                              select $"{file}: {name}");

    [Theory]
    [MemberData(nameof(Rooms))]
    public void SourceFile_Regions_AreNotUsed(string room) =>
        Repository.AssertNone(from file in Code(room)
                              from line in Repository.ReadLines(file)
                              where line.TrimStart().StartsWith("#region", StringComparison.Ordinal)
                              select file);

    [Fact]
    public void TextFile_PathsOfOneMachine_DoNotOccur() =>
        Repository.AssertNone(from file in Repository.TextFiles()
                              let text = Repository.Read(file)
                              from path in MachinePaths
                              where text.Contains(path, StringComparison.OrdinalIgnoreCase)
                              select $"{file}: {path}");

    [Fact]
    public void TextFile_LineEndings_AreUnix() =>
        Repository.AssertNone(Repository.TextFiles()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".sh", StringComparison.Ordinal) || file.EndsWith(".md", StringComparison.Ordinal))
            .Where(file => Repository.Read(file).Contains('\r', StringComparison.Ordinal)));

    private static IEnumerable<string> Code(string room) => Repository.Files("src/" + room, ".cs");
}
