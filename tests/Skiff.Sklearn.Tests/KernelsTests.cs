using Skiff.Models;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>The arithmetic that linear models, kernels and neighbors share. Random numbers come from a seed that a failure prints.</summary>
public sealed class KernelsTests
{
    private const int Seed = 20;

    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 40), 63, 64, 65, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_OfAnyLength_IsTheSumOfProducts(int length)
    {
        var (a, b) = (Numbers(length, Seed), Numbers(length, Seed + 1));

        // Decimals hold every product of two short numbers exactly.
        var expected = a.Zip(b, (x, y) => (decimal)x * (decimal)y).Sum();

        Assert.True(Math.Abs((decimal)Kernels.Dot(a, b) - expected) <= 1e-14m * length, $"seed {Seed}: {Kernels.Dot(a, b)} is not {expected}");
    }

    [Fact]
    public void Dot_OfALongerSecondRow_LeavesItsRestOut() => Assert.Equal(2 + 12, Kernels.Dot([1, 3], [2, 4, 100]));

    [Fact]
    public void Dot_OfAShorterSecondRow_Throws() => Assert.ThrowsAny<ArgumentException>(() => Kernels.Dot([1, 3], [2]));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AddScaled_OfAnyLength_AddsInEveryPlaceAlike(int length)
    {
        var (row, sums) = (Numbers(length, Seed), Numbers(length, Seed + 1));
        var expected = row.Zip(sums, (x, sum) => sum + (0.3 * x)).ToArray();

        Kernels.AddScaled(0.3, row, sums);

        Assert.Equal(expected, sums);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, Math.E)]
    [InlineData(0.5, 1.6487212707001282)]
    [InlineData(-20, 2.061153622438558e-09)]
    [InlineData(100, 2.6881171418161356e+43)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(-746, 0)]
    [InlineData(-740, 4.2e-322)]
    [InlineData(double.NaN, double.NaN)]
    public void Exponentials_OfKnownNumbers_AreNumpys(double x, double expected)
    {
        double[] values = [x, 3, x, 4, x];

        Kernels.Exponentials(values);

        Assert.All([values[0], values[2], values[4]], value => Assert.True(
            value.Equals(expected) || Math.Abs(value - expected) <= 4 * (Math.BitIncrement(expected) - expected), $"{value:R} is not {expected:R}"));
    }

    [Fact]
    public void Exponentials_OfRandomNumbers_AreWithinTwoUnitsInTheLastPlace()
    {
        var random = new Random(Seed);
        double[] values = [.. Enumerable.Range(0, 100_001).Select(i => (random.NextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 4))];
        var expected = Array.ConvertAll(values, x => Math.Exp(-0.5 * x));

        Kernels.Exponentials(values, -0.5);

        Assert.All(values.Zip(expected), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= 2 * (Math.BitIncrement(pair.Second) - pair.Second), $"seed {Seed}: {pair.First:R} is not {pair.Second:R}"));
    }

    [Fact]
    public void Exponentials_OfEqualNumbers_AreEqualWhereverTheyStand()
    {
        for (var length = 1; length < 20; length++)
        {
            var values = new double[length];
            Array.Fill(values, -1.2345);

            Kernels.Exponentials(values);

            Assert.Single(values.Distinct());
        }
    }

    [Fact]
    public void Expits_OfExtremes_AreThoseOfOneNumber()
    {
        double[] values = [0, 1, -1, 800, -800, double.NaN];
        var expected = Array.ConvertAll(values, Kernels.Expit);

        Kernels.Expits(values);

        Assert.Equal(expected, values, (x, y) => x.Equals(y) || Math.Abs(x - y) < 1e-15);
    }

    [Fact]
    public void RowProducts_OfAnyShape_AreSumsInOrder()
    {
        foreach (var features in new[] { 1, 3, 17 })
        {
            for (var outputs = 2; outputs < 36; outputs++)
            {
                for (var rows = 1; rows < 10; rows++)
                {
                    CheckProducts(rows, features, outputs);
                }
            }
        }
    }

    [Fact]
    public void PairwiseKernel_OfSparseRowsAndDenseFittedOnes_NeverHoldsThemAllDense()
    {
        const int Rows = 20_000;
        const int Width = 20;
        var fixture = Fixture.Read("1.9.0/kernel-ridge-text-laplacian");
        var model = new SklearnModelLoader().Load(new ModelSource { Directory = fixture.Directory, Artifacts = fixture.Artifacts }, TestContext.Current.CancellationToken);
        var scratch = new Scratch();
        var writer = model.Plan.Begin(scratch);
        for (var row = 0; row < Rows; row++)
        {
            writer.BeginRow();
            writer.SetValue(0, "");
            writer.EndRow();
        }

        var table = writer.End();
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.Run(Methods.Predict, table, scratch, new Results());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Rows * Width * sizeof(double) / 2);
    }

    private static void CheckProducts(int rows, int features, int outputs)
    {
        var matrix = new Matrix(outputs, features, Numbers(outputs * features, Seed), false);
        var starts = Numbers(outputs, Seed + 1);
        var products = new RowProducts(matrix, starts);
        var scratch = new Scratch();
        var (x, y) = (scratch.Dense(rows, features), scratch.Dense(rows, outputs));
        Numbers(rows * features, Seed + 2).CopyTo(x.Values);

        products.Fill(x, y, scratch);

        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < outputs; k++)
            {
                var expected = starts[k];
                for (var j = 0; j < features; j++)
                {
                    expected += x.Row(row)[j] * matrix.Row(k)[j];
                }

                Assert.True(expected.Equals(y.Row(row)[k]), $"seed {Seed}, {rows} rows, {features} features: output {k} of {outputs} of row {row}");
            }
        }
    }

    // With few enough digits that a product of two is exact.
    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(-1000, 1000) / 1024.0)];
    }
}
