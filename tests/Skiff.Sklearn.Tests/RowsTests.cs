using Skiff.Models;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>Rows as a program has them, against what scikit-learn answered.</summary>
public sealed class RowsTests
{
    private const Methods Both = Methods.Predict | Methods.PredictProba;

    private static readonly Fixture People = Fixture.Read("1.9.0/table-model-logistic");
    private static readonly Fixture Numbers = Fixture.Read("1.9.0/numbers-named");
    private static readonly Fixture Texts = Fixture.Read("1.9.0/file-joblib-4");

    [Fact]
    public void MapRows_Records_AnswerAsScikitLearnDid()
    {
        var people = MapAll(Load(People));

        using var answers = people.Run(Both, Persons().ToArray());

        AssertAnswers(People, answers);
    }

    [Fact]
    public void MapRows_OneRecordAtATime_AnswersTheSame()
    {
        var people = MapAll(Load(People));
        var persons = Persons().ToArray();

        for (var row = 0; row < persons.Length; row++)
        {
            Assert.Equal(People.Outputs["predict"].Values[row], people.Predict(persons[row]));
            Assert.Equal((double)People.Outputs["predict_proba"].Values[2 * row], people.PredictProba(persons[row])[0], 1e-9);
        }
    }

    [Fact]
    public void MapRows_AColumnIsNotMapped_NamesEveryOne()
    {
        var error = Assert.Throws<InputException>(() => Load(People).MapRows<Person>(map => map.Column("sex", p => p.Sex).Column("fare", p => p.Fare)));

        Assert.Equal("the map lacks the columns 'age', 'port', which the model takes", error.Message);
        Assert.Equal("age", error.Column);
    }

    [Fact]
    public void MapRows_AnotherKind_SaysWhatTheColumnTakes()
    {
        var model = Load(People);

        Assert.Equal(
            "column 'sex' takes texts, but is mapped to a number",
            Assert.Throws<InputException>(() => model.MapRows<Person>(map => map.Column("sex", p => p.Fare))).Message);
        Assert.Equal(
            "column 'fare' takes numbers, but is mapped to a text",
            Assert.Throws<InputException>(() => model.MapRows<Person>(map => map.Column("fare", p => p.Sex))).Message);
    }

    [Fact]
    public void MapRows_AColumnTwice_IsRefused() => Assert.Equal(
        "column 'sex' is mapped twice",
        Assert.Throws<InputException>(() => Load(People).MapRows<Person>(map => map.Column("sex", p => p.Sex).Column("sex", p => p.Port))).Message);

    [Fact]
    public void MapRows_AColumnThatTheModelDoesNotHave_IsLeftAside()
    {
        var people = Load(People).MapRows<Person>(map => Columns(map).Column("shoe size", p => p.Fare));

        Assert.Equal(People.Outputs["predict"].Values[0], people.Predict(Persons().First()));
    }

    [Fact]
    public void MapRows_EveryTypeOfNumber_IsTheSameNumber()
    {
        var model = Load(Numbers);
        var names = model.Signature.Input.Columns.Select(column => column.Name).ToArray();
        var expected = model.PredictProba(1, 2, 3, 1);
        (MappedModel<int> Mapped, string What)[] maps =
        [
            (model.MapRows<int>(map => map.Column(names[0], _ => 1).Column(names[1], _ => (short)2).Column(names[2], _ => 3L).Column(names[3], _ => true)), "integers"),
            (model.MapRows<int>(map => map.Column(names[0], _ => 1f).Column(names[1], _ => 2m).Column(names[2], _ => (int?)3).Column(names[3], _ => (bool?)true)), "nullable"),
            (model.MapRows<int>(map => map.Column(names[0], _ => (decimal?)1).Column(names[1], _ => (float?)2).Column(names[2], _ => (byte)3).Column(names[3], _ => (double?)1)), "others"),
        ];

        Assert.All(maps, map => Assert.Equal(expected, map.Mapped.PredictProba(0)));
    }

    [Fact]
    public void Run_Dictionaries_AnswerAsScikitLearnDid()
    {
        var rows = People.Input!.Frame!
            .Select(cells => (IReadOnlyDictionary<string, object?>)People.Input.FrameNames!.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)).ToList();

        using var answers = Load(People).Run(Both, rows);

        AssertAnswers(People, answers);
    }

    [Theory]
    [MemberData(nameof(RefusedValues))]
    public void Predict_ADictionaryWithAValueThatNoColumnTakes_NamesColumnRowAndWayOut(string column, object? value, string expected)
    {
        var row = People.Input!.FrameNames!.Zip(People.Input.Frame![0]).ToDictionary(pair => pair.First, pair => pair.Second);
        row[column] = value;

        Assert.Equal(expected, Assert.Throws<InputException>(() => Load(People).Predict(row)).Message);
    }

    public static TheoryData<string, object?, string> RefusedValues => new()
    {
        { "age", new DateOnly(2026, 1, 2), "column 'age', row 0: a date or a time was given; give the number or the text that the training data held in its place" },
        { "age", DayOfWeek.Monday, "column 'age', row 0: an enumeration was given; give its number or its name" },
        { "age", new[] { 1.0 }, "column 'age', row 0: a list or an object was given where the model takes one value" },
        { "age", "old", "column 'age', row 0: the text \"old\" was given where the model takes a number" },
        { "sex", 1, "column 'sex', row 0: a number was given where the model takes text; send it as a string" },
        { "sex", true, "column 'sex', row 0: a boolean was given where the model takes text; send it as a string" },
        { "age", new object(), "column 'age', row 0: a Object was given; a number, a boolean, a text or null can be" },
    };

    [Fact]
    public void Predict_ADictionaryWithoutAColumn_NamesIt() => Assert.Equal(
        "column 'age', row 0: no value was given",
        Assert.Throws<InputException>(() => Load(People).Predict(new Dictionary<string, object?> { ["sex"] = "male" })).Message);

    [Fact]
    public void Run_NumbersInEveryShape_AnswerAsScikitLearnDid()
    {
        var model = Load(Numbers);
        var rows = Numbers.Input!.Matrix!;
        var width = rows[0].Length;
        var flat = rows.SelectMany(row => row).ToArray();
        var square = new double[rows.Count, width];
        Buffer.BlockCopy(flat, 0, square, 0, flat.Length * sizeof(double));

        using (var answers = model.Run(Both, flat, width))
        {
            AssertAnswers(Numbers, answers);
        }

        using (var answers = model.Run(Both, square))
        {
            AssertAnswers(Numbers, answers);
        }

        using (var answers = model.Run(Both, rows))
        {
            AssertAnswers(Numbers, answers);
        }

        for (var row = 0; row < rows.Count; row++)
        {
            Assert.Equal(Numbers.Outputs["predict"].Values[row], model.Predict(rows[row]));
        }
    }

    [Fact]
    public void Run_NoRows_AnswersWithNone()
    {
        using var answers = Load(Numbers).Run(Both, new double[0, 4]);

        Assert.Equal(0, answers.Predictions.Rows);
        Assert.Empty(answers.Probabilities.ToMatrix());
    }

    [Fact]
    public void Run_RowsOfAnotherWidth_SayHowManyTheModelTakes()
    {
        var model = Load(Numbers);

        Assert.Equal("row 0 has 3 values, the model takes 4", Assert.Throws<InputException>(() => model.Predict(1, 2, 3)).Message);
        Assert.Equal("row 0 has more than the 4 values that the model takes", Assert.Throws<InputException>(() => model.Predict(1, 2, 3, 4, 5)).Message);
        Assert.Equal("row 1 has 1 values, the model takes 4", Assert.Throws<InputException>(() => RunAll(model, [[1, 2, 3, 4], [5]])).Message);
        Assert.Equal("7 numbers are no rows of 4. (Parameter 'rows')", Assert.Throws<ArgumentException>(() => RunFlat(model, new double[7])).Message);
    }

    [Fact]
    public void Run_Texts_AnswerAsScikitLearnDid()
    {
        var model = Load(Texts);

        using var answers = model.Run(Both, [.. Texts.Input!.Texts!]);

        AssertAnswers(Texts, answers);
        Assert.Equal(Texts.Outputs["predict"].Values[0], model.Predict(Texts.Input.Texts![0]));
        Assert.Equal((double)Texts.Outputs["predict_proba"].Values[0], model.PredictProba(Texts.Input.Texts[0])[0], 1e-9);
    }

    [Fact]
    public void Answers_AfterTheirDisposal_SayThatTheyAreGone()
    {
        var model = Load(Numbers);
        var answers = model.Run(Both, [1, 2, 3, 4]);
        answers.Dispose();
        answers.Dispose();

        // The memory serves another call by now: what is gone must not show its answers.
        using var others = model.Run(Both, [1, 2, 3, 4]);
        var isGone = false;
        try
        {
            _ = answers.Predictions;
        }
        catch (ObjectDisposedException)
        {
            isGone = true;
        }

        Assert.True(isGone);
        Assert.Equal(1, others.Predictions.Rows);
    }

    [Fact]
    public void Answer_CellsOfAnotherKind_SayWhatTheyAre()
    {
        using var answers = Load(People).Run(Both, [People.Input!.FrameNames!.Zip(People.Input.Frame![0]).ToDictionary(pair => pair.First, pair => pair.Second)]);
        var message = string.Empty;
        try
        {
            _ = answers.Predictions.Number(0);
        }
        catch (InvalidOperationException e)
        {
            message = e.Message;
        }

        Assert.Equal("predict holds labels of the kind Text, not a number.", message);
        Assert.Equal([(string)People.Outputs["predict"].Values[0]], answers.Predictions.ToArray<string>());
        Assert.Equal(2, answers.Count);
        Assert.Equal("predict_proba", answers[1].Output.Name);
    }

    [Fact]
    public void Run_ARowOfNumbersAgainAndAgain_AllocatesNothing()
    {
        var model = Load(Numbers);
        double[] row = [.. Numbers.Input!.Matrix![0]];

        Assert.Equal(0, Allocated(() => Ask(model, row)));
    }

    [Fact]
    public void Run_ARecordAgainAndAgain_AllocatesNothing()
    {
        var people = MapAll(Load(People));
        var person = Persons().First();

        Assert.Equal(0, Allocated(() => Ask(people, person)));
    }

    private static long Allocated(Func<double> ask)
    {
#if DEBUG
        Assert.Skip("needs an optimised build: without optimisation the JIT boxes what it otherwise does not");
#endif
        for (var i = 0; i < 50; i++)
        {
            ask();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            ask();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Ask(SklearnModel model, double[] row)
    {
        using var answers = model.Run(Both, row.AsSpan());
        return answers.Probabilities.Row(0)[answers.Predictions.Code(0)];
    }

    private static double Ask(MappedModel<Person> people, Person person)
    {
        using var answers = people.Run(Both, person);
        return answers.Probabilities.Row(0)[answers.Predictions.Code(0)];
    }

    private static void RunAll(SklearnModel model, double[][] rows) => model.Run(Both, rows).Dispose();

    private static void RunFlat(SklearnModel model, double[] rows) => model.Run(Both, rows, 4).Dispose();

    private static void AssertAnswers(Fixture fixture, Answers answers)
    {
        var labels = fixture.Outputs["predict"];
        var probabilities = fixture.Outputs["predict_proba"];
        Assert.Equal(labels.Rows, answers.Predictions.Rows);
        for (var row = 0; row < labels.Rows; row++)
        {
            Assert.Equal(labels.Values[row], answers.Predictions.Value(row));
            for (var column = 0; column < probabilities.Columns; column++)
            {
                Assert.Equal((double)probabilities.Values[(row * probabilities.Columns) + column], answers.Probabilities.Row(row)[column], 1e-9);
            }
        }
    }

    private static SklearnModel Load(Fixture fixture) => SklearnModel.Load(Path.Combine(fixture.Directory, fixture.Artifacts[0]));

    private static MappedModel<Person> MapAll(SklearnModel model) => model.MapRows<Person>(map => Columns(map));

    private static RowMapBuilder<Person> Columns(RowMapBuilder<Person> map) =>
        map.Column("port", p => p.Port).Column("age", p => p.Age).Column("fare", p => p.Fare).Column("sex", p => p.Sex);

    private static IEnumerable<Person> Persons() =>
        People.Input!.Frame!.Select(cells => new Person((double?)cells[0], (double)cells[1]!, (string?)cells[2], (string?)cells[3]));

    private sealed record Person(double? Age, double Fare, string? Sex, string? Port);
}
