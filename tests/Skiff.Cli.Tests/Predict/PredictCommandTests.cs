using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Skiff.Sklearn;
using Skiff.TestKit;
using Skiff.TestKit.Fixtures;

namespace Skiff.Cli.Tests;

public sealed class PredictCommandTests : IDisposable
{
    private const string Header = "age,fare,sex,port\n";

    private static readonly string Passengers = RepositoryFolder.At("examples/registry/passengers");
    private static readonly string Model = Path.Join(Passengers, "latest/model.joblib");
    private static readonly string Sentiment = RepositoryFolder.At("examples/registry/sentiment/latest/model.joblib");
    private static readonly string Numbers = RepositoryFolder.At("tests/fixtures/1.9.0/logistic-three-lbfgs.joblib");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_ColumnsInAnyOrderAndExtraOnes_AnswersByName()
    {
        var rows = Write("rows.csv", "fare,name,sex,port,age\n7.25,\"Braund, Owen\",male,S,22\n71.28,Cumings,female,C,\n");

        Assert.Equal((0, "predict,predict_proba.no,predict_proba.yes\nno," + Probabilities(22, 7.25, "male", "S") + "\nyes," + Probabilities(null, 71.28, "female", "C") + "\n", ""),
            Run([Model, "--csv", rows, "--outputs", "predict,predict_proba"]));
    }

    [Fact]
    public void Csv_CellsAsFilesHaveThem_AreReadByTheTableOfCoercions()
    {
        var rows = Write("rows.csv", "\uFEFFage,fare,sex,port\r\n 22 ,7.25,male,\r\n2.2e1,nan,male,\"\"\r\n\r\ntrue,inF,male,S\r\n");

        var (code, output, error) = Run([Model, "--csv", rows]);

        // The infinity is refused by the imputer, as scikit-learn does.
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"skiff predict: {rows}, line 5: column 'fare', row 2: SimpleImputer does not accept infinite values\n", error);
        Assert.Equal("predict\nno\nno\nno\n", Run([Model, "--csv", Write("good.csv", File.ReadAllText(rows).Replace("inF", "1_0", StringComparison.Ordinal))]).Output);
    }

    [Theory]
    [InlineData("22,x,male,S", "line 3: column 'fare', row 1: \"x\" is no number; leave the cell empty where the value is missing")]
    [InlineData("22,2026-01-02,male,S", "line 3: column 'fare', row 1: \"2026-01-02\" is no number; leave the cell empty where the value is missing")]
    [InlineData("22,7,male,Z", "line 3: column 'port', row 1: \"Z\" is not one of C, Q, S, a missing value")]
    [InlineData("22,7,male", "line 3: the line has 3 cells, the first one has 4; a cell with a separator in it needs quotes")]
    [InlineData("22,7,male,S,1", "line 3: the line has 5 cells, the first one has 4; a cell with a separator in it needs quotes")]
    public void Csv_ARowThatTheModelRefuses_NamesFileLineColumnAndRow(string row, string expected)
    {
        var rows = Write("rows.csv", Header + "22,7.25,male,S\n" + row + "\n");

        Assert.Equal((1, $"skiff predict: {rows}, {expected}\n"), Failure(Run([Model, "--csv", rows])));
    }

    [Theory]
    [InlineData("age,fare,sex\n1,2,male\n", "the first line lacks 'port', which the model takes; it has 'age', 'fare', 'sex'")]
    [InlineData("age;fare;sex;port\n1;2;male;S\n", "the first line lacks 'age', 'fare', 'sex', 'port', which the model takes; it has 'age;fare;sex;port'; if its separator is ';', say so with --separator")]
    [InlineData("age,fare,sex,port,age\n1,2,male,S,3\n", "the column 'age' is there twice")]
    public void Csv_AHeaderThatDoesNotFit_SaysWhatIsMissing(string content, string expected)
    {
        var rows = Write("rows.csv", content);

        Assert.Equal((1, $"skiff predict: {rows}: {expected}\n"), Failure(Run([Model, "--csv", rows])));
    }

    [Fact]
    public void Csv_NotUtf8_SaysSo()
    {
        var rows = Path.Join(_folder.Path, "rows.csv");
        File.WriteAllBytes(rows, [.. Encoding.ASCII.GetBytes(Header + "1,2,male,"), 0xE4, (byte)'\n']);

        Assert.Equal((1, $"skiff predict: {rows}: the file is not UTF-8\n"), Failure(Run([Model, "--csv", rows])));
    }

    [Fact]
    public void Csv_AModelWithoutNames_TakesColumnsByPosition()
    {
        var model = SklearnModel.Load(Numbers);
        double[] row = [5.1, 3.5, 1.4, 0.2];
        var expected = $"predict\n{model.Predict(row)}\n";

        Assert.Equal(expected, Run([Numbers, "--csv", Write("a.csv", "a,b,c,d\n5.1,3.5,1.4,0.2\n")]).Output);
        Assert.Equal(expected, Run([Numbers, "--csv", Write("b.csv", "5.1,3.5,1.4,0.2\n"), "--no-header"]).Output);
        Assert.Equal(expected, Run([Numbers, "--csv", Write("c.csv", "x3,x1,more,x0,x2\n0.2,3.5,9,5.1,1.4\n")]).Output);
        Assert.EndsWith(
            "the model takes 4 numbers a row by position, the file has 3 columns\n",
            Run([Numbers, "--csv", Write("d.csv", "a,b,c\n1,2,3\n")]).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_NoRows_WritesTheHeaderAlone() =>
        Assert.Equal((0, "predict\n", ""), Run([Model, "--csv", Write("rows.csv", Header)]));

    [Fact]
    public void Csv_OtherSeparators_AreReadAndWritten()
    {
        Assert.Equal("predict;predict_proba.no;predict_proba.yes\n", Run([Model, "--csv", Write("a.csv", "age;fare;sex;port\n"), "--separator", ";", "--outputs", "predict,predict_proba"]).Output);
        Assert.Equal("predict\nno\n", Run([Model, "--csv", Write("a.tsv", "age\tfare\tsex\tport\n1\t2\tmale\tS\n")]).Output);
        Assert.Equal("skiff predict: --separator is \"ab\"; one character such as ; or | or \\t is possible\n", Run([Model, "--csv", "--separator", "ab"]).Error);
    }

    [Fact]
    public void Json_InEveryShape_AnswersTheSame()
    {
        string[] rows =
        [
            """{"age":22,"fare":7.25,"sex":"male","port":null,"more":[1]}""" + "\n" + """{"sex":"female","age":NaN,"fare":71.28,"port":"C"}""",
            """[{"age":22,"fare":7.25,"sex":"male","port":null}, {"sex":"female","age":null,"fare":71.28,"port":"C"}]""",
            """[[22,7.25,"male",null],[null,71.28,"female","C"]]""",
            """[22,7.25,"male",null]""" + "\n\n" + """[null,71.28,"female","C"]""",
        ];

        Assert.All(rows, text => Assert.Equal((0, "{\"predict\":\"no\"}\n{\"predict\":\"yes\"}\n", ""), Run([Model, "--json"], text)));
    }

    [Theory]
    [InlineData("{\"age\":22", "line 1: not JSON: Expecting ',' delimiter")]
    [InlineData("[[1,2,\"male\",\"S\"]\n", "line 2: not JSON: the list has no end")]
    [InlineData("[[1,2,\"male\",\"S\"]\n [1,2,\"male\",\"S\"]]", "line 2: not JSON: Expecting ',' delimiter")]
    [InlineData("[[1,2,\"male\",\"S\"],]", "line 1: not JSON: Expecting value")]
    [InlineData("[[1,2,\"male\",\"S\"]] 7", "line 1: not JSON: Extra data")]
    [InlineData("[1,2,\"male\",\"S\"]\n\n[1,\n2,nope,\"S\"]", "line 4: not JSON: Expecting value")]
    [InlineData("[1,2,\"male\",\"S\"]\n[1,2,3,\"S\"]", "line 2: column 'sex', row 1: a number was given where the model takes text; send it as a string")]
    [InlineData("{\"age\":1,\"fare\":2,\"sex\":\"male\"}", "line 1: column 'port', row 0: no value was given")]
    [InlineData("{\"age\":{},\"fare\":2,\"sex\":\"male\"}", "line 1: column 'age', row 0: a list or an object was given where the model takes one value")]
    [InlineData("[1,2]", "line 1: row 0 has 2 values, the model takes 4")]
    public void Json_NotWhatItShouldBe_NamesTheLine(string text, string expected) =>
        Assert.Equal((1, $"skiff predict: standard input, {expected}\n"), Failure(Run([Model, "--json"], text)));

    [Fact]
    public void Text_ALineEach_IsWhatAModelOfTextsTakesByItself()
    {
        const string Lines = "this is a great product\nawful\n";
        var expected = (0, "predict\npositive\nnegative\n", "");

        Assert.Equal(expected, Run([Sentiment], Lines));
        Assert.Equal(expected, Run([Sentiment, "--text", "-"], Lines));
        Assert.Equal(expected, Run([Sentiment, "--csv"], "comment\nthis is a great product\nawful\n"));
        Assert.Equal("{\"predict\":\"positive\"}\n{\"predict\":\"negative\"}\n", Run([Sentiment, "--json"], "[\"this is a great product\", \"awful\"]").Output);
    }

    [Theory]
    [InlineData("rows-pipeline-dict")]
    [InlineData("rows-pipeline-pair")]
    [InlineData("rows-labels-pipeline")]
    public void Lists_AsJsonOrCellsOfCsv_AreAnsweredAsByScikitLearn(string name)
    {
        var fixture = Fixture.Read($"1.9.0/{name}");
        var model = Path.Join(fixture.Directory, $"{name}.joblib");
        var rows = fixture.Input!.JsonTexts!;
        var json = string.Concat(rows.Select(row => row + "\n"));
        var csv = "anything\n" + string.Concat(rows.Select(row => $"\"{row.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));
        var answers = fixture.Outputs["predict"].Values;

        Assert.Equal((0, string.Concat(answers.Select(answer => $"{{\"predict\":{answer}}}\n")), ""), Run([model], json));
        Assert.Equal(Run([model], json), Run([model, "--json"], json));
        Assert.Equal((0, "predict\n" + string.Concat(answers.Select(answer => $"{answer}\n")), ""), Run([model, "--csv"], csv));
    }

    [Theory]
    [InlineData("--json", "{}\n{\"a\":null}\n", "standard input, line 2: column 'json', row 1: null was given for \"a\"; a number, a boolean or a text can be")]
    [InlineData("--json", "[{},{}]", "standard input, line 1: column 'json', row 0: a list was given where FeatureHasher takes an object")]
    [InlineData("--csv", "json\n{\n", "standard input, line 2: column 'json', row 0: \"{\" is no JSON: Expecting property name enclosed in double quotes (byte 1)")]
    [InlineData("--csv", "one,two\n1,2\n", "standard input: the first line lacks 'json', which the model takes; it has 'one', 'two'")]
    [InlineData("--text", "{}", "the model takes a list or an object a row, not lines of text; give them with --csv or --json")]
    public void Lists_NotWhatTheModelTakes_AreRefusedInWords(string option, string text, string expected) =>
        Assert.Equal((1, $"skiff predict: {expected}\n"), Failure(Run([RepositoryFolder.At("tests/fixtures/1.9.0/rows-pipeline-dict.joblib"), option], text)));

    [Fact]
    public void Text_ForAModelOfColumns_SaysWhatItTakes() => Assert.Equal(
        (1, "skiff predict: the model takes the columns age, fare, sex, port, not lines of text; give them with --csv or --json\n"),
        Failure(Run([Model, "--text"], "hello\n")));

    [Fact]
    public void Registry_ModelAndVersion_AreFound()
    {
        var registry = RepositoryFolder.At("examples/registry");

        Assert.Equal("predict\npositive\n", Run(["--registry", registry, "--model", "sentiment", "--version", "1.0.0"], "great\n").Output);
        Assert.Equal("predict\npositive\n", Run([Path.Join(registry, "sentiment")], "great\n").Output);
        Assert.Equal($"skiff predict: {registry} holds several models; say which with --model: passengers, sentiment\n", Run(["-r", registry]).Error);
        Assert.Equal($"skiff predict: there is no model x in {registry}; there is passengers, sentiment\n", Run(["-r", registry, "-m", "x"]).Error);
        Assert.Equal("skiff predict: there is no version 9 of sentiment; there is 1.0.0\n", Run(["-r", registry, "-m", "sentiment", "-v", "9"]).Error);
        Assert.Equal($"skiff predict: there is no model in {_folder.Path}\n", Run(["-r", _folder.Path]).Error);
    }

    [Fact]
    public void Options_ThatContradict_AreRefused()
    {
        Assert.Equal("skiff predict: name a model's file, or a registry with --registry\n", Run([]).Error);
        Assert.Equal("skiff predict: name either a model's file or a registry, not both\n", Run([Model, "-r", Passengers]).Error);
        Assert.Equal("skiff predict: --model and --version choose within a registry; a model's file is one model\n", Run([Model, "-m", "x"]).Error);
        Assert.Equal("skiff predict: give rows in one way: --csv, --json or --text\n", Run([Model, "--csv", "--json"]).Error);
        Assert.Equal("skiff predict: there is no file /nowhere.joblib\n", Run(["/nowhere.joblib"]).Error);
        Assert.Equal("skiff predict: there is no file /nowhere.csv\n", Run([Model, "--csv", "/nowhere.csv"]).Error);
        Assert.Equal($"skiff predict: {_folder.Path} is a folder; name a file of rows\n", Run([Model, "--csv", _folder.Path]).Error);
        Assert.Equal("skiff predict: the model has no transform; it has predict, predict_proba, predict_log_proba, decision_function\n", Run([Model, "--outputs", "transform"]).Error);
    }

    [Fact]
    public void Output_ToAFile_AppearsWholeOrNotAtAll()
    {
        var output = Path.Join(_folder.Path, "out", "answers.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        var rows = Write("rows.csv", Header + "22,7.25,male,S\n");

        Assert.Equal((0, "", ""), Run([Model, "--csv", rows, "-o", output]));
        Assert.Equal("predict\nno\n", File.ReadAllText(output));
        Assert.Equal(1, Run([Model, "--csv", Write("bad.csv", Header + "22,7.25,male,Z\n"), "-o", output]).Code);
        Assert.Equal("predict\nno\n", File.ReadAllText(output));
        Assert.Equal([output], Directory.GetFiles(Path.GetDirectoryName(output)!));
    }

    [Fact]
    public void ManyRows_OverBatches_AnswerAsOneByOne()
    {
        const int Count = 5000;
        var model = SklearnModel.Load(Model);
        var csv = new StringBuilder(Header);
        var json = new StringBuilder();
        var expected = new StringBuilder();
        var source = new Random(20261125);
        for (var i = 0; i < Count; i++)
        {
            var (age, fare, sex, port) = (source.Next(1, 80), source.Next(5, 90), source.Next(2) == 0 ? "male" : "female", "CQS"[source.Next(3)]);
            csv.Append(CultureInfo.InvariantCulture, $"{age},{fare},{sex},{port}\n");
            json.Append(CultureInfo.InvariantCulture, $"[{age},{fare},\"{sex}\",\"{port}\"]\n");
            expected.Append("{\"predict\":\"").Append(model.Predict(new Dictionary<string, object?> { ["age"] = age, ["fare"] = fare, ["sex"] = sex, ["port"] = port })).Append("\"}\n");
        }

        Assert.Equal((0, expected.ToString(), ""), Run([Model, "--csv", "--output-format", "json"], csv.ToString()));
        Assert.Equal((0, expected.ToString(), ""), Run([Model, "--json"], json.ToString()));

        // The row that is refused is counted from the start, whichever batch it is in.
        csv.Append("1,2,male,Z\n");
        Assert.Equal("skiff predict: standard input, line 5002: column 'port', row 5000: \"Z\" is not one of C, Q, S, a missing value\n", Run([Model, "--csv"], csv.ToString()).Error);
    }

    private static string Probabilities(double? age, double fare, string sex, string? port)
    {
        var probabilities = SklearnModel.Load(Model).PredictProba(new Dictionary<string, object?> { ["age"] = age, ["fare"] = fare, ["sex"] = sex, ["port"] = port });
        return string.Join(',', probabilities.Select(probability => JsonSerializer.Serialize(probability)));
    }

    private static (int Code, string Error) Failure((int Code, string Output, string Error) result) => (result.Code, result.Error);

    private static (int Code, string Output, string Error) Run(string[] arguments, string input = "")
    {
        using var output = new MemoryStream();
        var streams = new StandardStreams(() => new MemoryStream(Encoding.UTF8.GetBytes(input)), () => output, IsWatched: false);
        var configuration = new InvocationConfiguration { Output = new StringWriter { NewLine = "\n" }, Error = new StringWriter { NewLine = "\n" } };
        var code = PredictCommand.Create(streams).Parse(arguments).Invoke(configuration);
        Assert.Empty(configuration.Output.ToString()!);
        return (code, Encoding.UTF8.GetString(output.ToArray()), configuration.Error.ToString()!);
    }

    private string Write(string name, string content)
    {
        var path = Path.Join(_folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
