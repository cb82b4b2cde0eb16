namespace Skiff.Registry.Tests;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("run 7", true)]
    [InlineData("", false)]
    [InlineData(".hidden", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("\na", false)]
    [InlineData("a\u007f", false)]
    public void IsVersion_Name_IsOnePartOfAPath(string name, bool expected) => Assert.Equal(expected, SafeName.IsVersion(name));

    [Theory]
    [InlineData("model.joblib", true)]
    [InlineData("a/b.pkl", true)]
    [InlineData(".a/..b", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a//b", false)]
    [InlineData("./a", false)]
    [InlineData("a/../b", false)]
    [InlineData("a/", false)]
    [InlineData("a\\b", false)]
    [InlineData("\ta", false)]
    public void IsFile_Path_StaysInItsFolder(string path, bool expected) => Assert.Equal(expected, SafeName.IsFile(path));

    [Fact]
    public void Length_TwoHundred_IsTheLongest()
    {
        Assert.True(SafeName.IsVersion(new string('a', 200)) && SafeName.IsFile(new string('a', 200)));
        Assert.False(SafeName.IsVersion(new string('a', 201)) || SafeName.IsFile(new string('a', 201)));
    }

    [Theory]
    [InlineData("bundle.pkl#model", "bundle.pkl")]
    [InlineData("bundle.pkl", "bundle.pkl")]
    [InlineData("#model", "")]
    public void FileOf_Entry_IsWhatStandsBeforeTheHash(string entry, string expected) => Assert.Equal(expected, SafeName.FileOf(entry));
}
