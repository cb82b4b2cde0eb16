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
    /// <param name="scratch">Where the working memory is from, which counts the work.</param>
    /// <exception cref="InputException">scikit-learn finds none either.</exception>
    public abstract void Solve(Span<double> products, double square, Span<double> code, DenseBlock work, Span<int> order, Scratch scratch);

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

    /// <summary>The factor of the products of the atoms that are in use, in rows of the working memory.</summary>
    protected static LowerTriangle Factor(DenseBlock work, int first) => new(work.Values[(first * work.Columns)..], work.Columns);

    /// <summary>Makes the factor's next row, but for its last number, whose square it gives.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="order">The atoms in use, in their order.</param>
    /// <param name="active">How many there are.</param>
    /// <param name="next">The atom that joins them.</param>
    protected double Extend(LowerTriangle factor, ReadOnlySpan<int> order, int active, int next)
    {
        var atom = Gram(next);
        var row = factor.Row(active);
        for (var j = 0; j < active; j++)
        {
            row[j] = atom[order[j]];
        }

        row[active] = atom[next];
        return factor.Extend(row);
    }
}
