using System.Text;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server.Tests;

public sealed class JsonScannerTests
{
    [Fact]
    public void ReadDocument_CorpusOfCPython_AgreesInVerdictPlaceAndWords()
    {
        var count = 0;
        foreach (var line in Resource.Lines("json-corpus.tsv"))
        {
            var fields = line.Split('\t');
            var text = JsonBody.WithoutMark(Convert.FromHexString(fields[0]));
            var scanner = new JsonScanner(text);
            var verdict = scanner.ReadDocument(out _)
                ? "ok"
                : $"{JsonBody.CharacterOffset(text, scanner.ErrorPosition)}\t{Encoding.ASCII.GetString(JsonErrors.Message(scanner.Error))}";
            Assert.True(string.Join('\t', fields.Skip(1)) == verdict, $"{line}: {verdict}");
            count++;
        }

        Assert.True(count > 3000);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void ReadDocument_NestedBeyondTheBound_IsAnErrorAndNoOverflow(char open, char close)
    {
        var start = open == '[' ? "[" : "{\"a\":";
        var fits = string.Concat(Enumerable.Repeat(start, JsonScanner.MaximumDepth)) + "1" + new string(close, JsonScanner.MaximumDepth);
        Assert.True(new JsonScanner(Encoding.UTF8.GetBytes(fits)).ReadDocument(out _));

        var deep = string.Concat(Enumerable.Repeat(start, 1_000_000));
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(deep));
        Assert.False(scanner.ReadDocument(out _));
        Assert.Equal(JsonError.TooDeep, scanner.Error);
    }

    // A row of numbers is gone through faster than anything else: what is no number, or is in no array, ends that.
    [Theory]
    [InlineData("""{"a":1, 2}""", JsonError.ExpectingName, 8)]
    [InlineData("""{"a":1,"b":2,3}""", JsonError.ExpectingName, 13)]
    [InlineData("1,2", JsonError.ExtraData, 1)]
    [InlineData("[1, 2,]", JsonError.TrailingCommaInArray, 5)]
    [InlineData("[1, 2  3]", JsonError.ExpectingComma, 7)]
    [InlineData("[1,-]", JsonError.ExpectingValue, 3)]
    [InlineData("[1, -x]", JsonError.ExpectingValue, 4)]
    [InlineData("[1,01]", JsonError.ExpectingComma, 4)]
    [InlineData("[1.5,2.]", JsonError.ExpectingComma, 6)]
    [InlineData("[1,2", JsonError.ExpectingComma, 4)]
    [InlineData("[1,", JsonError.ExpectingValue, 3)]
    internal void ReadDocument_NumbersAndWhatIsWrongBehindThem_SaysWhere(string text, JsonError error, int position)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(text));
        Assert.False(scanner.ReadDocument(out _));
        Assert.Equal((error, position), (scanner.Error, scanner.ErrorPosition));
    }

    [Theory]
    [InlineData("[1,2.5,-3e1]", "1 2.5 -30")]
    [InlineData("[ 1 , 2.5\t,\n-3e1 ]", "1 2.5 -30")]
    [InlineData("[1,null,-Infinity]", "1 NaN -Infinity")]
    [InlineData("[NaN,true,\"Infinity\"]", "NaN 1 Infinity")]
    [InlineData("[1,2]", "row 0 has 2 values, the model takes 3")]
    [InlineData("[1,2,3,4]", "row 0 has more than the 3 values that the model takes")]
    [InlineData("[1,2,[3]]", "column 'x2', row 0: a list or an object was given where the model takes one value")]
    public void Read_ARowOfNumbers_IsReadOrRefusedWhateverStandsBetweenThem(string row, string expected)
    {
        var plan = new InputPlan(ModelInput.Matrix(3));
        var scratch = new Scratch();
        var writer = plan.Begin(scratch);
        string answer;
        try
        {
            RowReader.ReadAll(new ByteBuffer(), plan, writer, Encoding.UTF8.GetBytes($"[{row}, {row}]"));
            var cells = ((DenseBlock)writer.End().Blocks[0]).Row(1).ToArray();
            answer = string.Join(' ', cells.Select(static cell => cell.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        catch (InputException e)
        {
            answer = e.Message;
        }

        Assert.Equal(expected, answer);
    }

    [Theory]
    [InlineData("\"\\ud83d\\ude00\"", "F09F9880")]
    [InlineData("\"\\ud800\"", "EDA080")]
    [InlineData("\"\\udc00\\ud800\"", "EDB080EDA080")]
    [InlineData("\"\\ud800\\u0041x\"", "EDA0804178")]
    [InlineData("\"a\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "610A09225C2F080C0D")]
    public void Content_Escapes_AreResolvedAsPythonDoes(string quoted, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(JsonText.Content(Encoding.UTF8.GetBytes(quoted), new ByteBuffer())));

    [Theory]
    [InlineData("F09F9880", "\"😀\"")]
    [InlineData("EDA080", "\"\\ud800\"")]
    [InlineData("ED9FBF", "\"\uD7FF\"")]
    [InlineData("22005C0A7F", "\"\\\"\\u0000\\\\\\n\u007f\"")]
    public void AppendQuoted_Text_EscapesOnlyWhatMustBe(string text, string expected)
    {
        var buffer = new ByteBuffer();
        JsonText.AppendQuoted(buffer, Convert.FromHexString(text));
        Assert.Equal(expected, Encoding.UTF8.GetString(buffer.Written));
    }

    [Theory]
    [InlineData("0", 0d)]
    [InlineData("-0", 0d)]
    [InlineData("-0.0", -0d)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890d)]
    [InlineData("9007199254740993", 9007199254740992d)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("-1e400", double.NegativeInfinity)]
    [InlineData("1e-400", 0d)]
    [InlineData("0.1", 0.1)]
    [InlineData("NaN", double.NaN)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    public void Parse_Number_IsTheNearestDouble(string text, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(JsonNumber.Parse(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("7B2274657874223A22FF227D", 9)]
    [InlineData("22EDA08022", -1)]
    [InlineData("22C0AF22", 1)]
    [InlineData("22F0908022", 1)]
    public void FindInvalidByte_Bytes_TakesSurrogatesAndNothingElse(string bytes, int expected) =>
        Assert.Equal(expected, JsonBody.FindInvalidByte(Convert.FromHexString(bytes)));
}
