using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The lasso by coordinate descent, until its duality gap is small.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/linear_model/_cd_fast.pyx</c>, <c>enet_coordinate_descent_gram</c>. Since 1.8 coordinates that the gap shows to be
/// zero are left out, nothing is done where zeros will do, and it goes on until 1e-8 of the square instead of 1e-4.
/// </remarks>
internal sealed class LassoDescent(double[] gram, int count, LassoDescent.Form form) : CodeSolver(gram, count)
{
    public override int WorkRows => 2;

    public override void Solve(Span<double> products, double square, Span<double> code, DenseBlock work, Span<int> order, Scratch scratch)
    {
        var sums = work.Row(0);
        var gradients = work.Row(1);
        code.Clear();
        sums.Clear();
        var goal = form.Tolerance * square;
        var screens = form.IsRecent && form.Alpha != 0;
        var active = 0;
        for (var k = 0; k < Count; k++)
        {
            order[active] = k;
            active += Gram(k)[k] == 0 ? 0 : 1;
        }

        if (form.IsRecent)
        {
            var gap = Gap(products, square, code, sums, gradients, out var norm);
            if (gap >= 0 && gap <= goal)
            {
                return;
            }

            active = screens ? Screen(code, sums, gradients, order[..active], gap, norm) : active;
        }

        for (var iteration = 0; iteration < form.MaxIterations; iteration++)
        {
            scratch.Step((long)active * Count);
            var change = Sweep(products, code, sums, order[..active], out var highest);
            var isStill = highest == 0 || (form.IsRecent ? change / highest <= form.Tolerance : change / highest < form.Tolerance);
            if (!isStill && iteration != form.MaxIterations - 1)
            {
                continue;
            }

            var gap = Gap(products, square, code, sums, gradients, out var norm);
            if (form.IsRecent ? gap <= goal : gap < goal)
            {
                return;
            }

            active = screens ? Screen(code, sums, gradients, order[..active], gap, norm) : active;
        }
    }

    private double Sweep(ReadOnlySpan<double> products, Span<double> code, Span<double> sums, ReadOnlySpan<int> active, out double highest)
    {
        var change = 0.0;
        highest = 0;
        foreach (var k in active)
        {
            var atom = Gram(k);
            var before = code[k];
            var pull = products[k] - sums[k] + (before * atom[k]);
            var weight = form.IsPositive && pull < 0 ? 0 : Shrink(pull, form.Alpha) / atom[k];
            code[k] = weight;
            if (weight != before)
            {
                Add(weight - before, atom, sums);
            }

            change = Math.Abs(weight - before) is var step && step > change ? step : change;
            highest = Math.Abs(weight) > highest ? Math.Abs(weight) : highest;
        }

        return change;
    }

    private static double Shrink(double value, double by)
    {
        var size = Math.Abs(value) - by;
        return size > 0 ? Math.CopySign(size, value) : 0 * size;
    }

    private static void Add(double factor, ReadOnlySpan<double> atom, Span<double> sums)
    {
        for (var j = 0; j < sums.Length; j++)
        {
            sums[j] += factor * atom[j];
        }
    }

    private double Gap(ReadOnlySpan<double> products, double square, ReadOnlySpan<double> code, ReadOnlySpan<double> sums, Span<double> gradients, out double norm)
    {
        norm = form.IsPositive ? double.NegativeInfinity : 0;
        var length = 0.0;
        for (var k = 0; k < code.Length; k++)
        {
            gradients[k] = products[k] - sums[k];
            length += Math.Abs(code[k]);
            var size = form.IsPositive ? gradients[k] : Math.Abs(gradients[k]);
            norm = size > norm ? size : norm;
        }

        if (form.Alpha == 0 && form.IsNewest)
        {
            return norm = Kernels.Dot(gradients, gradients);
        }

        var fit = Kernels.Dot(code, products);
        var rest = square + Kernels.Dot(code, sums) - (2 * fit);
        var share = norm > form.Alpha ? form.Alpha / norm : 1;
        var gap = norm > form.Alpha ? 0.5 * (rest + (rest * share * share)) : rest;
        return gap + (form.Alpha * length) - (share * (square - fit));
    }

    // Keeps, in their order, the coordinates that may be other than zero.
    private int Screen(Span<double> code, Span<double> sums, ReadOnlySpan<double> gradients, Span<int> active, double gap, double norm)
    {
        var radius = Math.Sqrt(2 * Math.Abs(gap)) / form.Alpha;
        var kept = 0;
        foreach (var k in active)
        {
            var atom = Gram(k);
            var distance = (1 - Math.Abs(gradients[k] / Math.Max(form.Alpha, norm))) / Math.Sqrt(atom[k]);
            if (distance <= radius)
            {
                active[kept++] = k;
            }
            else if (code[k] != 0)
            {
                Add(-code[k], atom, sums);
                code[k] = 0;
            }
        }

        return kept;
    }

    /// <summary>What it is asked for.</summary>
    /// <param name="Alpha">The weight of the sizes.</param>
    /// <param name="MaxIterations">After how many sweeps it ends otherwise.</param>
    /// <param name="IsPositive">Whether codes are positive only.</param>
    /// <param name="Tolerance">The gap at which it ends, as a part of the square of the row.</param>
    /// <param name="IsRecent">Whether it is that of 1.8 and later.</param>
    /// <param name="IsNewest">Whether it is that of 1.9 and later, which goes by the gradient without a weight.</param>
    internal readonly record struct Form(double Alpha, int MaxIterations, bool IsPositive, double Tolerance, bool IsRecent, bool IsNewest);
}
