namespace Skiff.Sklearn.Tests;

public sealed class LowerTriangleTests
{
    private const int Seed = 21;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(40)]
    public void TryFactor_OfAPositiveMatrix_SolvesThereAndBack(int size)
    {
        var random = new Random(Seed);
        double[] root = [.. Enumerable.Range(0, size * size).Select(_ => random.NextDouble() - 0.5)];
        double[] solution = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.5)];
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = Kernels.Dot(root.AsSpan(i * size, size), root.AsSpan(j * size, size)) + (i == j ? 1 : 0);
            }
        }

        double[] values = [.. Enumerable.Range(0, size).Select(i => Kernels.Dot(matrix.AsSpan(i * size, size), solution))];
        var packed = new double[LowerTriangle.LengthOf(size)];
        var factor = new LowerTriangle(matrix, size);

        Assert.True(factor.TryFactor(size));
        for (var i = 0; i < size; i++)
        {
            factor.Row(i).CopyTo(new LowerTriangle(packed).Row(i));
        }

        new LowerTriangle(packed).Solve(values);
        factor.SolveTransposed(values);
        Assert.All(values.Zip(solution), pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-12, $"seed {Seed}: {pair.First} is not {pair.Second}"));
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(double.PositiveInfinity, 0, 1)]
    public void TryFactor_OfAMatrixThatIsNotPositive_IsFalse(double first, double beside, double second) =>
        Assert.False(new LowerTriangle([first, beside, beside, second], 2).TryFactor(2));

    [Fact]
    public void Solve_WithARaisedDiagonal_DividesByTheSum()
    {
        double[] values = [6, 11];
        new LowerTriangle([1, 3, 1]).Solve(values, 1);
        Assert.Equal([3, 1], values);

        values = [9, 4];
        new LowerTriangle([1, 3, 1]).SolveTransposed(values, 1);
        Assert.Equal([1.5, 2], values);
    }
}
