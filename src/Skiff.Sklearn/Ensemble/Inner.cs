using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Asks an estimator inside another one, and keeps its arrays out of the answer.</summary>
internal static class Inner
{
    /// <summary>What a method of an estimator answers with a number a cell.</summary>
    public static DenseBlock Numbers(Estimator inner, Methods method, Block x, Scratch scratch, Results results)
    {
        var first = results.Count;
        inner.Run(method, x, scratch, results);
        var numbers = results.Find(method, first).Numbers!;
        Forget(results, first);
        return numbers as DenseBlock ?? throw new InvalidOperationException($"{inner.GetType().Name} answers {method} with a sparse matrix.");
    }

    /// <summary>Copies the same cells of each of a list of arrays, one after the other, into columns of a target.</summary>
    /// <param name="inner">Who answers with several arrays.</param>
    /// <param name="method">By which method.</param>
    /// <param name="x">The rows.</param>
    /// <param name="cells">Which cells of each array's rows.</param>
    /// <param name="target">As many rows.</param>
    /// <param name="column">Where the first goes.</param>
    /// <param name="scratch">Working memory.</param>
    /// <param name="results">Where the arrays stand in between.</param>
    public static void CopyEach(Estimator inner, Methods method, Block x, Range cells, DenseBlock target, int column, Scratch scratch, Results results)
    {
        var first = results.Count;
        inner.Run(method, x, scratch, results);
        for (var i = first; i < results.Count; i++)
        {
            var numbers = (DenseBlock)results[i].Numbers!;
            for (var row = 0; row < x.Rows; row++)
            {
                numbers.Row(row)[cells].CopyTo(target.Row(row)[column..]);
            }

            column += cells.GetOffsetAndLength(numbers.Columns).Length;
        }

        Forget(results, first);
    }

    /// <summary>The codes of the labels that a classifier predicts.</summary>
    public static int[] Codes(Estimator inner, Block x, Scratch scratch, Results results)
    {
        var first = results.Count;
        inner.Run(Methods.Predict, x, scratch, results);
        var codes = results.Find(Methods.Predict, first).Codes!;
        Forget(results, first);
        return codes;
    }

    /// <summary>A block as scikit-learn hands it on after a cast to float32.</summary>
    public static Block ToSingle(Block x, Scratch scratch)
    {
        Block single = x is CsrBlock ? scratch.Csr(x.Columns) : scratch.Dense(x.Rows, x.Columns);
        Kernels.Copy(x, single);
        for (var row = 0; row < single.Rows; row++)
        {
            foreach (ref var value in single is CsrBlock sparse ? sparse.Values(row) : ((DenseBlock)single).Row(row))
            {
                value = (float)value;
            }
        }

        single.IsSingle = true;
        return single;
    }

    private static void Forget(Results results, int first)
    {
        while (results.Count > first)
        {
            results.Remove(results[first].Output.Method, first);
        }
    }
}
