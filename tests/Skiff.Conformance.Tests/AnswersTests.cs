using Skiff.Models;
using Skiff.TestKit.Fixtures;
using Xunit.Sdk;

namespace Skiff.Conformance.Tests;

/// <summary>A comparison that cannot fail proves nothing: scikit-learn's own answers pass, and the smallest wrong thing does not.</summary>
public sealed class AnswersTests
{
    private static readonly Fixture Text = Fixture.Read("1.9.0/text-logistic");
    private static readonly Fixture Sparse = Fixture.Read("1.9.0/tfidf-default");
    private static readonly Fixture Single = Fixture.Read("1.9.0/hashing-float32");

    [Fact]
    public void Compare_OwnNumbers_Pass() => CompareNumbers(Text.Outputs["predict_proba"], value => value);

    [Fact]
    public void Compare_OwnSparseNumbers_PassDense() => CompareNumbers(Sparse.Outputs["transform"], value => value);

    [Theory]
    [InlineData(5e-10)]
    [InlineData(-5e-10)]
    public void Compare_NumbersWithinTolerance_Pass(double by) => CompareNumbers(Text.Outputs["predict_proba"], value => value + by);

    [Theory]
    [InlineData(2e-9)]
    [InlineData(-2e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Compare_NumbersBeyondTolerance_Fail(double by) =>
        Assert.Throws<TrueException>(() => CompareNumbers(Text.Outputs["predict_proba"], value => value + by));

    [Fact]
    public void Compare_CellThatShouldBeZero_Fails() =>
        Assert.Throws<TrueException>(() => CompareNumbers(Sparse.Outputs["transform"], value => value == 0 ? 1e-8 : value));

    [Fact]
    public void Compare_SingleNumbersWithinTwoUnits_Pass() => CompareNumbers(Single.Outputs["transform"], value => value + (2 * 1.1e-7));

    [Fact]
    public void Compare_SingleNumbersBeyondTwoUnits_Fail() =>
        Assert.Throws<TrueException>(() => CompareNumbers(Single.Outputs["transform"], value => value + (2 * 1.3e-7)));

    [Fact]
    public void Compare_OwnLabels_Pass() => CompareLabels(LabelSet.Of(["food", "sport", "tech"]));

    [Fact]
    public void Compare_OtherLabels_Fail() => Assert.ThrowsAny<XunitException>(() => CompareLabels(LabelSet.Of(["Food", "Sport", "Tech"])));

    [Fact]
    public void Compare_LabelsOfAnotherType_Fail() => Assert.ThrowsAny<XunitException>(() => CompareLabels(LabelSet.Of([0L, 1L, 2L])));

    private static void CompareNumbers(FixtureArray expected, Func<double, double> change)
    {
        var block = new DenseBlock();
        block.Reshape(expected.Rows, expected.Columns);
        for (var row = 0; row < expected.Rows; row++)
        {
            var wanted = expected.NonZeros(row);
            for (var column = 0; column < expected.Columns; column++)
            {
                block.Row(row)[column] = change(wanted.GetValueOrDefault(column));
            }
        }

        var results = new Results();
        results.Add(new ModelOutput(Methods.Transform, "transform", OutputKind.Float64, expected.Columns), block);
        Answers.Compare(expected, results[0], 0);
    }

    private static void CompareLabels(LabelSet labels)
    {
        string[] order = ["food", "sport", "tech"];
        var expected = Text.Outputs["predict"];
        var codes = expected.Values.Select(label => Array.IndexOf(order, (string)label)).ToArray();
        var results = new Results();
        results.Add(new ModelOutput(Methods.Predict, "predict", OutputKind.Label, 0, labels), codes, expected.Rows);
        Answers.Compare(expected, results[0], 0);
    }
}
