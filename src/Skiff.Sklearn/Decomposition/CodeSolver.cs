using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What finds the code of one row by the products of the atoms with it and with each other.</summary>
/// <param name="gram">The products of all pairs of atoms.</param>
/// <param name="count">How many atoms there are.</param>
internal abstract class CodeSolver(double[] gram, int count)
{
    /// <summary>How many atoms there are.</summary>
    protected int Count { get; } = count;

    /// <summary>How many rows of working memory it wants, each as wide as there are atoms.</summary>
    public abstract int WorkRows { get; }

    /// <summary>Finds the code of a row.</summary>
    /// <param name="products">The products of the atoms with the row; changed.</param>
    /// <param name="square">The product of the row with itself.</param>
    /// <param name="code">The code.</param>
    /// <param name="work">Working memory of <see cref="WorkRows"/> rows.</param>
    /// <param name="order">Working memory, one an atom.</param>
    /// <exception cref="InputException">scikit-learn finds none either.</exception>
    public abstract void Solve(Span<double> products, double square, Span<double> code, DenseBlock work, Span<int> order);

    /// <summary>The products of an atom with all.</summary>
    protected ReadOnlySpan<double> Gram(int atom) => gram.AsSpan(atom * Count, Count);

    /// <summary>The first of the largest values without their sign; of NaN the first.</summary>
    protected static int ArgMaxAbs(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                return i;
            }

            if (Math.Abs(values[i]) > Math.Abs(values[best]))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>Solves with a lower triangle that stands in rows of the working memory, in place.</summary>
    protected static void SolveLower(DenseBlock work, int first, Span<double> values, double raised = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var row = work.Row(first + i);
            values[i] = (values[i] - Kernels.Dot(row[..i], values[..i])) / (row[i] + raised);
        }
    }

    /// <summary>Solves with such a triangle turned over, in place.</summary>
    protected static void SolveUpper(DenseBlock work, int first, Span<double> values, double raised = 0)
    {
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var row = work.Row(first + i);
            values[i] /= row[i] + raised;
            for (var j = 0; j < i; j++)
            {
                values[j] -= row[j] * values[i];
            }
        }
    }
}
