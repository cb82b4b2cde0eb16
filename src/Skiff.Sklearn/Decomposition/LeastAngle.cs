using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Least angle regression, and the lasso by it.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/linear_model/_least_angle.py</c>, <c>_lars_path_solver</c> with a Gram matrix, and
/// <c>sklearn/utils/arrayfuncs.pyx</c>; since 1.0 the directions are rounded to 15 decimals.
/// </remarks>
internal sealed class LeastAngle(double[] gram, int count, LeastAngle.Form form) : CodeSolver(gram, count)
{
    private const int Triangle = 5;
    private const double Tiny = 1.1754943508222875e-38;
    private const double SmallestPivot = 1e-7;
    private const double Decimals = 1e15;

    private static readonly double Epsilon = Math.Pow(2, -52);
    private static readonly double Equal = Math.Pow(2, -23);

    public override int WorkRows => Triangle + Math.Min(form.MaxIterations, Count) + 1;

    public override void Solve(Span<double> products, double square, Span<double> code, DenseBlock work, Span<int> order, Scratch scratch)
    {
        products.CopyTo(work.Row(0));
        var previous = work.Row(1);
        var signs = work.Row(2);
        var steps = work.Row(3);
        previous.Clear();
        code.Clear();
        for (var k = 0; k < Count; k++)
        {
            order[k] = k;
        }

        var active = 0;
        var isDropped = false;
        var lastAlpha = 0.0;
        for (var iteration = 0; ;)
        {
            scratch.Step((long)(active + 1) * Count);
            var rest = products[active..];
            var at = rest.Length == 0 ? 0 : form.IsPositive ? Kernels.ArgMax(rest) : ArgMaxAbs(rest);
            var signed = rest.Length == 0 ? 0 : rest[at];
            var highest = form.IsPositive ? signed : Math.Abs(signed);
            var alpha = highest / form.Samples;
            if (alpha <= form.Alpha + Equal)
            {
                if (Math.Abs(alpha - form.Alpha) > Equal && iteration > 0)
                {
                    Interpolate(previous, code, (lastAlpha - form.Alpha) / (lastAlpha - alpha));
                }

                return;
            }

            if (iteration >= form.MaxIterations || active >= Count)
            {
                return;
            }

            if (!isDropped)
            {
                signs[active] = form.IsPositive || signed > 0 ? 1 : signed < 0 ? -1 : signed;
                (rest[at], rest[0]) = (rest[0], rest[at]);
                (order[active + at], order[active]) = (order[active], order[active + at]);
                if (ExtendBy(Factor(work, Triangle), order, active) < SmallestPivot)
                {
                    rest[0] = 0;
                    (rest[at], rest[0]) = (rest[0], rest[at]);
                    continue;
                }

                active++;
            }

            if (form.IsLasso && iteration > 0 && lastAlpha < alpha)
            {
                return;
            }

            var width = Direct(Factor(work, Triangle), signs[..active], steps[..active]);
            rest = products[active..];
            var length = Math.Min(Turn(work.Row(4), order, active, steps, rest, highest, width), highest / width);
            var (zero, ties) = FirstZero(code, order, steps[..active], ref length, form.IsLasso, signs);
            isDropped = zero >= 0;
            iteration++;
            lastAlpha = alpha;
            Step(code, previous, order, steps[..active], length);
            for (var j = 0; j < rest.Length; j++)
            {
                rest[j] -= length * work.Row(4)[j];
            }

            if (isDropped && form.IsLasso)
            {
                active = ties == 1 ? Drop(work, order, signs, active, zero) : throw new InputException(InputErrorKind.Value, "least angle regression drops two atoms at once, which it cannot");
                var dropped = order[active];
                products[active] = work.Row(0)[dropped] - Kernels.Dot(Gram(dropped), code);
            }
        }
    }

    private static void Interpolate(ReadOnlySpan<double> previous, Span<double> code, double share)
    {
        for (var k = 0; k < code.Length; k++)
        {
            code[k] = previous[k] + (share * (code[k] - previous[k]));
        }
    }

    private static void Step(Span<double> code, Span<double> previous, ReadOnlySpan<int> order, ReadOnlySpan<double> steps, double length)
    {
        code.CopyTo(previous);
        code.Clear();
        for (var j = 0; j < steps.Length; j++)
        {
            code[order[j]] = previous[order[j]] + (length * steps[j]);
        }
    }

    // The factor's next row; gives its last element.
    private double ExtendBy(LowerTriangle factor, ReadOnlySpan<int> order, int active) =>
        factor.Row(active)[active] = Math.Max(Math.Sqrt(Math.Abs(Extend(factor, order, active, order[active]))), Epsilon);

    // The direction in which all active atoms lose alike; gives by how much.
    private static double Direct(LowerTriangle factor, ReadOnlySpan<double> signs, Span<double> steps)
    {
        signs.CopyTo(steps);
        factor.Solve(steps);
        factor.SolveTransposed(steps);
        if (steps.Length == 1 && steps[0] == 0)
        {
            return steps[0] = 1;
        }

        var width = 1 / Math.Sqrt(Kernels.Dot(steps, signs));
        if (!double.IsFinite(width))
        {
            signs.CopyTo(steps);
            factor.Solve(steps, Epsilon);
            factor.SolveTransposed(steps, Epsilon);
            width = 1 / Math.Sqrt(Math.Max(Kernels.Dot(steps, signs), Epsilon));
        }

        if (!double.IsFinite(width))
        {
            throw new InputException(InputErrorKind.Value, "least angle regression finds no direction for these numbers");
        }

        foreach (ref var step in steps)
        {
            step *= width;
        }

        return width;
    }

    // How the products with the other atoms change on the way; gives how far it is until one of them has caught up.
    private double Turn(Span<double> turns, ReadOnlySpan<int> order, int active, ReadOnlySpan<double> steps, ReadOnlySpan<double> rest, double highest, double width)
    {
        var length = double.MaxValue;
        for (var j = 0; j < rest.Length; j++)
        {
            var atom = Gram(order[active + j]);
            var turn = 0.0;
            for (var i = 0; i < active; i++)
            {
                turn += atom[order[i]] * steps[i];
            }

            turns[j] = form.Rounds ? Math.Round(turn * Decimals, MidpointRounding.ToEven) / Decimals : turn;
            length = LowerPositive(length, (highest - rest[j]) / (width - turns[j] + Tiny));
            if (!form.IsPositive)
            {
                length = LowerPositive(length, (highest + rest[j]) / (width + turns[j] + Tiny));
            }
        }

        return length;
    }

    private static double LowerPositive(double lowest, double value) => value > 0 && value < lowest ? value : lowest;

    // The atom whose weight is zero before the end of the step, else -1. Its sign changes; for the lasso the step ends there.
    private static (int Place, int Ties) FirstZero(ReadOnlySpan<double> code, ReadOnlySpan<int> order, ReadOnlySpan<double> steps, ref double length, bool isLasso, Span<double> signs)
    {
        var first = double.MaxValue;
        for (var j = 0; j < steps.Length; j++)
        {
            first = LowerPositive(first, -code[order[j]] / (steps[j] + Tiny));
        }

        if (!(first < length))
        {
            return (-1, 0);
        }

        var place = -1;
        var ties = 0;
        for (var j = 0; j < steps.Length; j++)
        {
            if (-code[order[j]] / (steps[j] + Tiny) == first)
            {
                signs[j] = -signs[j];
                place = j;
                ties++;
            }
        }

        length = isLasso ? first : length;
        return (place, ties);
    }

    // Takes an atom out: its row out of the triangle, which rotations make one again.
    private static int Drop(DenseBlock work, Span<int> order, Span<double> signs, int active, int place)
    {
        var last = active - 1;
        for (var i = place; i < last; i++)
        {
            work.Row(Triangle + i + 1)[..(i + 2)].CopyTo(work.Row(Triangle + i));
            (order[i], order[i + 1]) = (order[i + 1], order[i]);
            signs[i] = signs[i + 1];
        }

        for (var i = place; i < last; i++)
        {
            var row = work.Row(Triangle + i);
            var radius = Math.Sqrt((row[i] * row[i]) + (row[i + 1] * row[i + 1]));
            var (cosine, sine) = radius == 0 ? (1, 0) : (row[i] / radius, row[i + 1] / radius);
            for (var j = i; j < last; j++)
            {
                var below = work.Row(Triangle + j);
                var (left, right) = (below[i], below[i + 1]);
                below[i] = (cosine * left) + (sine * right);
                below[i + 1] = (cosine * right) - (sine * left);
            }
        }

        return last;
    }

    /// <summary>What it is asked for.</summary>
    /// <param name="IsLasso">Whether atoms are dropped on the way.</param>
    /// <param name="Alpha">Where the path ends.</param>
    /// <param name="MaxIterations">After how many steps it ends otherwise.</param>
    /// <param name="IsPositive">Whether codes are positive only.</param>
    /// <param name="Samples">How many numbers a row has.</param>
    /// <param name="Rounds">Whether directions are rounded.</param>
    internal readonly record struct Form(bool IsLasso, double Alpha, int MaxIterations, bool IsPositive, int Samples, bool Rounds);
}
