using System.Globalization;
using Skiff.Models;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests;

/// <summary>Rows that are lists or objects of their own length, given as texts of JSON: what is answered, and in which words the rest is refused.</summary>
public sealed class JsonRowTests
{
    [Theory]
    [InlineData("rows-hasher-dict", "", "\"\" is no JSON: Expecting value (byte 0)")]
    [InlineData("rows-hasher-dict", "{'a':1}", "\"{'a':1}\" is no JSON: Expecting property name enclosed in double quotes (byte 1)")]
    [InlineData("rows-hasher-dict", "{\"a\":1}x", "\"{\"a\":1}x\" is no JSON: Extra data (byte 7)")]
    [InlineData("rows-hasher-dict", "{\"a\":1,}", "\"{\"a\":1,}\" is no JSON: Illegal trailing comma before end of object (byte 6)")]
    [InlineData("rows-hasher-dict", "{1:2}", "\"{1:2}\" is no JSON: Expecting property name enclosed in double quotes (byte 1)")]
    [InlineData("rows-hasher-dict", "{\"a\":\"\u0001\"}", "\"{\"a\":\" \"}\" is no JSON: Invalid control character at (byte 6)")]
    [InlineData("rows-hasher-dict", "[1]", "a list was given where FeatureHasher takes an object")]
    [InlineData("rows-hasher-dict", "\"a\"", "a text was given where FeatureHasher takes an object")]
    [InlineData("rows-hasher-dict", "null", "null was given where FeatureHasher takes an object")]
    [InlineData("rows-hasher-dict", "NaN", "a number was given where FeatureHasher takes an object")]
    [InlineData("rows-hasher-dict", "true", "a boolean was given where FeatureHasher takes an object")]
    [InlineData("rows-hasher-dict", "{\"a\":null}", "null was given for \"a\"; a number, a boolean or a text can be")]
    [InlineData("rows-hasher-dict", "{\"a\":{}}", "an object was given for \"a\"; a number, a boolean or a text can be")]
    [InlineData("rows-hasher-dict", "{\"b\":1,\"a\":3,\"a\":[]}", "a list was given for \"a\"; a number, a boolean or a text can be")]
    [InlineData("rows-hasher-pair", "{\"a\":1}", "an object was given where FeatureHasher takes a list")]
    [InlineData("rows-hasher-pair", "[\"ab\"]", "a text was given where FeatureHasher takes a list of pairs, [name, value]")]
    [InlineData("rows-hasher-pair", "[[]]", "a list of 0 was given where FeatureHasher takes a list of pairs, [name, value]")]
    [InlineData("rows-hasher-pair", "[[\"a\"]]", "a list of 1 was given where FeatureHasher takes a list of pairs, [name, value]")]
    [InlineData("rows-hasher-pair", "[[\"a\",1],[\"b\",1,2]]", "a list of 3 was given where FeatureHasher takes a list of pairs, [name, value]")]
    [InlineData("rows-hasher-pair", "[[1,\"x\"]]", "a number was given where a name should be; send it as a text")]
    [InlineData("rows-hasher-pair", "[[\"a\",[1]]]", "a list was given for \"a\"; a number, a boolean or a text can be")]
    [InlineData("rows-hasher-string", "\"text\"", "a text was given where FeatureHasher takes a list")]
    [InlineData("rows-hasher-string", "[\"a\",1]", "a number was given where FeatureHasher takes a list of texts")]
    [InlineData("rows-labels-dense", "\"news\"", "a text was given where MultiLabelBinarizer takes a list")]
    [InlineData("rows-labels-dense", "[\"news\",[1]]", "a list was given where MultiLabelBinarizer takes a list of texts or numbers")]
    [InlineData("rows-labels-dense", "[{}]", "an object was given where MultiLabelBinarizer takes a list of texts or numbers")]
    public void Run_ARowThatIsNoneOfTheModels_IsRefusedInWords(string name, string row, string expected)
    {
        var good = name == "rows-hasher-dict" ? "{}" : "[]";

        var error = Assert.Throws<InputException>(() => Load(name).Run(Methods.Transform, [good, row]));

        Assert.Equal(("column 'json', row 1: " + expected, 1, "json"), (error.Message, error.Row, error.Column));
    }

    // An attribute's texts cannot hold what these do.
    [Fact]
    public void Run_ANameWithHalfASurrogatePair_IsRefused_AsInPython()
    {
        var model = Load("rows-hasher-dict");

        foreach (var (row, shown) in new[] { ("{\"\\ud800\":1}", "\ud800"), ("{\"a\":\"\\udc00b\"}", "a=\udc00b"), ("{\"\ud83d\":1}", "\ud83d") })
        {
            var error = Assert.Throws<InputException>(() => model.Run(Methods.Transform, row));
            Assert.Equal($"column 'json', row 0: \"{shown}\" has half a surrogate pair, which no hash is defined for", error.Message);
        }

        // A value of zero is passed over before anybody looks at its name.
        using var answers = model.Run(Methods.Transform, "{\"\\ud800\":0}");
        Assert.All(Cells(answers), cell => Assert.Equal(0, cell));
    }

    [Fact]
    public void Run_AnIntegerThatNoFloatIsNearTo_IsRefused_AsInPython()
    {
        var digits = "1" + new string('0', 400);
        var model = Load("rows-hasher-dict");

        var error = Assert.Throws<InputException>(() => model.Run(Methods.Transform, $"{{\"a\":-{digits}}}"));
        using var answers = model.Run(Methods.Transform, $"{{\"a\":{digits}.0}}");

        Assert.Equal("column 'json', row 0: the integer given for \"a\" is too large for a float", error.Message);
        Assert.True(double.IsInfinity(Assert.Single(Cells(answers), cell => cell != 0)));
    }

    [Fact]
    public void Run_NestedBeyondTheBound_IsRefusedAndNoOverflow()
    {
        var error = Assert.Throws<InputException>(() => Load("rows-hasher-dict").Run(Methods.Transform, "{\"a\":" + new string('[', 1_000_000)));

        Assert.EndsWith("[…\" is no JSON: Nested too deeply (byte 516)", error.Message, StringComparison.Ordinal);
    }

    // Names that begin alike are compared along all that they share.
    [Fact]
    public void Run_AHundredThousandNames_AreEachKeptOnce()
    {
        var names = Enumerable.Range(0, 100_000).Select(i => $"\"{new string('a', 20)}{i.ToString(CultureInfo.InvariantCulture)}\":1");
        var model = Load("rows-hasher-one");

        using var once = model.Run(Methods.Transform, $"{{{string.Join(',', names)}}}");
        using var twice = model.Run(Methods.Transform, $"{{{string.Join(',', names.Concat(names))}}}");

        Assert.Equal(Cells(once), Cells(twice));
    }

    [Fact]
    public void Run_RowsAfterALargeOne_AnswerAsBefore()
    {
        var model = Load("rows-pipeline-dict");
        var large = $"{{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"name{i.ToString(CultureInfo.InvariantCulture)}\":\"{i.ToString(CultureInfo.InvariantCulture)}\""))}}}";

        var before = model.Predict("{\"dog\":1}");
        model.Predict(large);

        Assert.Equal(before, model.Predict("{\"dog\":1}"));
    }

    [Fact]
    public void MapRows_AColumnOfLists_IsATextOfJson()
    {
        var model = Load("rows-columns");
        var mapped = model.MapRows<(string Tags, double Age, string Props)>(map => map.Column("tags", row => row.Tags).Column("age", row => row.Age).Column("props", row => row.Props));
        var row = new Dictionary<string, object?> { ["tags"] = "[\"dog\"]", ["age"] = 3.0, ["props"] = "{\"cat\":2}" };

        Assert.Equal(model.Predict(row), mapped.Predict(("[\"dog\"]", 3, "{\"cat\":2}")));
    }

    [Theory]
    [InlineData("[\"dog\"]", null, "column 'props', row 0: no value was given where FeatureHasher takes an object")]
    [InlineData("[\"dog\"]", "[]", "column 'props', row 0: a list was given where FeatureHasher takes an object")]
    [InlineData("dog", "{}", "column 'tags', row 0: \"dog\" is no JSON: Expecting value (byte 0)")]
    public void Predict_AColumnOfListsThatIsWrong_IsNamed(string tags, string? props, string expected)
    {
        var row = new Dictionary<string, object?> { ["tags"] = tags, ["age"] = 3.0, ["props"] = props };

        Assert.Equal(expected, Assert.Throws<InputException>(() => Load("rows-columns").Predict(row)).Message);
    }

    [Theory]
    [InlineData("rows-pipeline-dict", InputForm.Json, "json")]
    [InlineData("rows-labels-dense", InputForm.Json, "json")]
    [InlineData("rows-union", InputForm.Json, "json")]
    [InlineData("rows-search", InputForm.Json, "json")]
    [InlineData("rows-columns", InputForm.Frame, "tags age props")]
    public void Signature_SaysWhichColumnsAreJson(string name, InputForm form, string columns)
    {
        var input = Load(name).Signature.Input;

        Assert.Equal((form, columns), (input.Form, string.Join(' ', input.Columns.Select(column => column.Name))));
        Assert.All(input.Columns, column => Assert.Equal(column.Name == "age" ? (ColumnKind.Number, ColumnType.Any) : (ColumnKind.Text, ColumnType.Json), (column.Kind, column.Type)));
    }

    private static double[] Cells(Answers answers) => [.. answers["transform"].ToMatrix().Cast<double>()];

    private static SklearnModel Load(string name) => SklearnModel.Load(RepositoryFolder.At($"tests/fixtures/1.9.0/{name}.joblib"));
}
