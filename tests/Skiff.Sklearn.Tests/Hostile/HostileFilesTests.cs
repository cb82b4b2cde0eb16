using System.Globalization;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>
/// Every family of hostile file that is known of pickles, joblib and scikit-learn, made here byte by byte: each is refused in words or
/// answered soundly, nothing is executed, and none takes more memory than it should. docs/hostile-files.md has the outcomes.
/// </summary>
public sealed class HostileFilesTests(ITestOutputHelper output)
{
    public static TheoryData<HostileFile> Files => [.. HostileCorpus.All];

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void Load_AHostileFile_IsRefusedInWordsOrAnsweredAndExecutesNothing(HostileFile file)
    {
        var outcome = HostileOutcome.Of(file);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Milliseconds:F0} ms, {outcome.Bytes >> 10} KB: {outcome.Says}"));
        Assert.Equal(HostilePage.Wanted(file), HostilePage.Cell(outcome.Says));
        Assert.Empty(outcome.Made);
        Assert.InRange(outcome.Bytes, 0, file.MaximumBytes);
    }

    [Fact]
    public void Page_OfHostileFiles_HasEveryFileOnceAndNoOther() => HostilePage.Check();
}
