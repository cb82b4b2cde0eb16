using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Orthogonal matching pursuit: one atom after the other, each the one nearest to what is left.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/linear_model/_omp.py</c>, <c>_gram_omp</c>; the same since 0.22.</remarks>
internal sealed class OrthogonalPursuit(double[] gram, int count, int atoms, double lowest) : CodeSolver(gram, count)
{
    private const int Triangle = 2;

    public override int WorkRows => Triangle + atoms;

    public override void Solve(Span<double> products, double square, Span<double> code, DenseBlock work, Span<int> order, Scratch scratch)
    {
        var rest = work.Row(0);
        var weights = work.Row(1);
        products.CopyTo(rest);
        code.Clear();
        for (var k = 0; k < Count; k++)
        {
            order[k] = k;
        }

        var factor = Factor(work, Triangle);
        var active = 0;
        while (active < atoms)
        {
            scratch.Step((long)(active + 1) * Count);
            var next = ArgMaxAbs(rest);
            if (next < active || rest[next] * rest[next] < lowest || !TryExtend(factor, order, active, next))
            {
                break;
            }

            (order[active], order[next]) = (order[next], order[active]);
            (products[active], products[next]) = (products[next], products[active]);
            active++;
            products[..active].CopyTo(weights);
            factor.Solve(weights[..active]);
            factor.SolveTransposed(weights[..active]);
            for (var i = 0; i < Count; i++)
            {
                rest[i] = products[i];
                var atom = Gram(order[i]);
                for (var j = 0; j < active; j++)
                {
                    rest[i] -= atom[order[j]] * weights[j];
                }
            }
        }

        for (var j = 0; j < active; j++)
        {
            code[order[j]] = weights[j];
        }
    }

    // The factor's next row; false where the atom depends on those before it.
    private bool TryExtend(LowerTriangle factor, ReadOnlySpan<int> order, int active, int next)
    {
        var square = Extend(factor, order, active, order[next]);
        factor.Row(active)[active] = Math.Sqrt(square);
        return active == 0 || !(square <= lowest);
    }
}
