namespace Skiff.EndToEnd.Tests;

/// <summary>What every other test here takes for granted. It also runs where there is no program to test.</summary>
public class TestDataTests
{
    [Fact]
    public void Models_BundledAndOther_DifferSoThatAMixUpShows() => Assert.NotEqual(TempRegistry.BundledModel, TempRegistry.OtherModel);

    [Fact]
    public void FilesOf_Version_AreWrittenInTheOrderOfTheExample()
    {
        using var registry = TempRegistry.Empty();

        var files = registry.FilesOf("1.1.0", TempRegistry.OtherModel).Select(file => Path.GetRelativePath(registry.Root, file.Path).Replace('\\', '/'));

        Assert.Equal(["versions/1.1.0/model.joblib", "versions/1.1.0/metadata.json", "latest/model.joblib", "latest/metadata.json"], files);
    }
}
