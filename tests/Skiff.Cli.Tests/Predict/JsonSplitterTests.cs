using System.Text;
using Skiff.TestKit;

namespace Skiff.Cli.Tests;

public sealed class JsonSplitterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("[]", "")]
    [InlineData(" [ ] ", "")]
    [InlineData("{\"a\":1}", "1:{\"a\":1}")]
    [InlineData("{\"a\":1}\n\n{\"b\":[2]}{}", "1:{\"a\":1}|3:{\"b\":[2]}|3:{}")]
    [InlineData("[[1,2],\n[3,4]]", "1:[1,2]|2:[3,4]")]
    [InlineData("[1,2]\n[3,4]", "1:[1,2]|2:[3,4]")]
    [InlineData("[{\"a\":\"]},[\"},\n{\"b\":\"\\\"]\"}]", "1:{\"a\":\"]},[\"}|2:{\"b\":\"\\\"]\"}")]
    [InlineData("1 2\n3", "1:1|1:2|2:3")]
    [InlineData("\"a b\"\n\"c\\\\\"", "1:\"a b\"|2:\"c\\\\\"")]
    [InlineData("{\"a\":", "1:{\"a\":")]
    public void MoveNext_CutsValuesAndCountsLines(string text, string expected) => Assert.Equal(expected, Split(text, ListMeaning.RowsUnlessOfCells));

    [Theory]
    [InlineData("[\"a\",\"b\"]", "1:\"a\"|1:\"b\"")]
    [InlineData("[1,2,\n3]", "1:1|1:2|2:3")]
    public void MoveNext_ARowIsOneValue_AListIsAListOfRows(string text, string expected) => Assert.Equal(expected, Split(text, ListMeaning.Rows));

    [Theory]
    [InlineData("[[\"a\",1],[\"b\",2]]\n[]\n[[\"c\",3]]", "1:[[\"a\",1],[\"b\",2]]|2:[]|3:[[\"c\",3]]")]
    [InlineData("{\"a\":1}\n{}", "1:{\"a\":1}|2:{}")]
    public void MoveNext_ARowMayBeAnyList_AListIsARow(string text, string expected) => Assert.Equal(expected, Split(text, ListMeaning.OneRow));

    [Fact]
    public void MoveNext_AByteAtATime_CutsTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFF[[1,\"ü]\"],\n {\"a\":[{}]}]");
        using var stream = new OneByteStream(bytes);

        Assert.Equal("1:[1,\"ü]\"]|2:{\"a\":[{}]}", Split(stream, ListMeaning.RowsUnlessOfCells));
    }

    [Fact]
    public void MoveNext_ValuesLongerThanTheBuffer_AreWhole()
    {
        var row = $"[\"{new string('x', 200_000)}\"]";

        Assert.Equal($"1:{row}|2:{row}|3:{row}", Split($"{row}\n{row}\n{row}", ListMeaning.RowsUnlessOfCells));
    }

    private static string Split(string text, ListMeaning lists)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Split(stream, lists);
    }

    private static string Split(Stream stream, ListMeaning lists)
    {
        var splitter = new JsonSplitter(stream, "rows.json", lists);
        var found = new List<string>();
        while (splitter.MoveNext())
        {
            found.Add($"{splitter.Line}:{Encoding.UTF8.GetString(splitter.Current)}");
        }

        return string.Join('|', found);
    }
}
