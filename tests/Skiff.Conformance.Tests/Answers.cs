using Skiff.Models;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests;

/// <summary>Runs a model on a fixture's input, and holds its answers against scikit-learn's.</summary>
internal static class Answers
{
    /// <summary>Runs on rows <paramref name="first"/> to <paramref name="end"/> and hands the answers to <paramref name="use"/>.</summary>
    public static void Run(IModel model, Methods wanted, FixtureInput input, int first, int end, Action<Results> use)
    {
        var scratch = ScratchPool.Shared.Rent();
        try
        {
            var results = new Results();
            model.Run(wanted, FixtureRows.Write(new InputPlan(model.Signature.Input), scratch, input, first, end), scratch, results);
            use(results);
        }
        finally
        {
            ScratchPool.Shared.Return(scratch);
        }
    }

    /// <summary>Compares an answer on rows from <paramref name="first"/> on with scikit-learn's.</summary>
    public static void Compare(FixtureArray expected, in Result actual, int first)
    {
        Assert.Equal(expected.Columns, actual.Columns);
        Assert.Equal(expected.Shape.Count == 1, actual.Output.Columns == 0);
        if (actual.Output.Kind == OutputKind.Float64)
        {
            CompareNumbers(expected, actual, first);
            return;
        }

        for (var i = 0; i < actual.Rows * actual.Columns; i++)
        {
            var code = actual.Codes![i];
            var cell = actual.Output.Kind == OutputKind.Label ? actual.Output.Labels!.Values[code] : (long)code;
            Assert.Equal(expected.Values[(first * expected.Columns) + i], cell);
        }
    }

    /// <summary>The numbers of an answer on rows from <paramref name="first"/> on beside scikit-learn's; where both store nothing, none.</summary>
    public static IEnumerable<(int Row, int Column, double Expected, double Actual)> Numbers(FixtureArray expected, Result actual, int first)
    {
        for (var row = 0; row < actual.Rows; row++)
        {
            var wanted = expected.NonZeros(first + row);
            var given = NonZeros(actual.Numbers!, row);
            foreach (var column in wanted.Keys.Union(given.Keys))
            {
                yield return (first + row, column, wanted.GetValueOrDefault(column), given.GetValueOrDefault(column));
            }
        }
    }

    private static void CompareNumbers(FixtureArray expected, in Result actual, int first)
    {
        foreach (var (row, column, wanted, given) in Numbers(expected, actual, first))
        {
            Assert.True(IsClose(expected, wanted, given), $"row {row}, column {column}: {given:R} instead of {wanted:R} ({expected.Kind})");
        }
    }

    private static Dictionary<int, double> NonZeros(Block block, int row)
    {
        var found = new Dictionary<int, double>();
        if (block is CsrBlock sparse)
        {
            for (var i = 0; i < sparse.Indices(row).Length; i++)
            {
                Assert.True(found.TryAdd(sparse.Indices(row)[i], sparse.Values(row)[i]), $"row {row} stores column {sparse.Indices(row)[i]} twice");
            }
        }
        else
        {
            var cells = ((DenseBlock)block).Row(row);
            for (var i = 0; i < cells.Length; i++)
            {
                found.Add(i, cells[i]);
            }
        }

        return found;
    }

    // docs/estimators.md: 1e-9 of max(1, |value|), and two units in the last place where scikit-learn itself computes in float32; more where a solver
    // makes more of such a difference.
    internal static bool IsClose(FixtureArray array, double expected, double actual)
    {
        if (!double.IsFinite(expected))
        {
            return expected.Equals(actual);
        }

        var scale = Math.Max(1, Math.Abs(expected));
        var tolerance = array.Tolerance is { } bound ? bound * scale
            : array.Kind == "float32" ? 2.0 * (MathF.BitIncrement((float)scale) - (float)scale)
            : 1e-9 * scale;
        return Math.Abs(expected - actual) <= tolerance;
    }
}
