using System.Numerics;
using System.Runtime.InteropServices;

namespace Skiff.Sklearn;

/// <summary>
/// The metrics that most models have, several fitted rows at once: column by column, rows side by side in the lanes of vectors. Each row's sum
/// still runs over its columns in order, so that equal rows have equal distances and an answer does not depend on the machine's vectors.
/// </summary>
internal sealed class LaneTable<TStep> : DistanceTable
    where TStep : struct, ILaneStep
{
    // Four vectors a group hide the latency of one.
    private const int VectorsPerGroup = 4;

    private readonly double[] _lanes;
    private readonly Metric _metric;

    public LaneTable(Matrix rows, Metric metric)
    {
        _metric = metric;
        Count = rows.Rows;
        Width = rows.Columns;
        _lanes = Arrange(rows);
    }

    public override int Count { get; }

    public override int Width { get; }

    private static int GroupSize => VectorsPerGroup * Vector<double>.Count;

    public override void Fill(ReadOnlySpan<double> query, Span<double> reduced)
    {
        var groups = MemoryMarshal.Cast<double, Vector<double>>(_lanes);
        Span<double> last = stackalloc double[GroupSize];
        for (var row = 0; row < reduced.Length; row += GroupSize)
        {
            var group = groups.Slice(row / GroupSize * Width * VectorsPerGroup, Width * VectorsPerGroup);
            var whole = reduced.Length - row >= GroupSize;
            var target = whole ? reduced.Slice(row, GroupSize) : last;
            FillGroup(query, group, MemoryMarshal.Cast<double, Vector<double>>(target));
            if (!whole)
            {
                last[..(reduced.Length - row)].CopyTo(reduced[row..]);
            }
        }
    }

    public override double ToDistance(double reduced) => _metric.ToDistance(reduced);

    public override double ToReduced(double distance) => _metric.ToReduced(distance);

    private static void FillGroup(ReadOnlySpan<double> query, ReadOnlySpan<Vector<double>> group, Span<Vector<double>> sums)
    {
        var (s0, s1, s2, s3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var j = 0; j < query.Length; j++)
        {
            var x = new Vector<double>(query[j]);
            var y = group.Slice(j * VectorsPerGroup, VectorsPerGroup);
            s0 = TStep.Add(s0, x, y[0]);
            s1 = TStep.Add(s1, x, y[1]);
            s2 = TStep.Add(s2, x, y[2]);
            s3 = TStep.Add(s3, x, y[3]);
        }

        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
    }

    private static double[] Arrange(Matrix rows)
    {
        var size = GroupSize;
        var lanes = new double[checked((rows.Rows + size - 1) / size * size * rows.Columns)];
        for (var row = 0; row < rows.Rows; row++)
        {
            var first = row / size * size * rows.Columns;
            for (var j = 0; j < rows.Columns; j++)
            {
                lanes[first + (j * size) + (row % size)] = rows.Row(row)[j];
            }
        }

        return lanes;
    }
}

/// <summary>What a column adds to the distances of several rows.</summary>
internal interface ILaneStep
{
    static abstract Vector<double> Add(Vector<double> sum, Vector<double> x, Vector<double> y);
}

/// <summary>The squares of differences.</summary>
internal readonly struct SquareStep : ILaneStep
{
    public static Vector<double> Add(Vector<double> sum, Vector<double> x, Vector<double> y)
    {
        var difference = x - y;
        return sum + (difference * difference);
    }
}

/// <summary>Absolute differences.</summary>
internal readonly struct AbsoluteStep : ILaneStep
{
    public static Vector<double> Add(Vector<double> sum, Vector<double> x, Vector<double> y) => sum + Vector.Abs(x - y);
}

/// <summary>The highest absolute difference.</summary>
internal readonly struct HighestStep : ILaneStep
{
    public static Vector<double> Add(Vector<double> sum, Vector<double> x, Vector<double> y) => Vector.Max(sum, Vector.Abs(x - y));
}

/// <summary>Products, not rounded before they are added where the processor can, as matrix multiplications do.</summary>
internal readonly struct ProductStep : ILaneStep
{
    public static Vector<double> Add(Vector<double> sum, Vector<double> x, Vector<double> y) => Kernels.MultiplyAdd(x, y, sum);
}

/// <summary>The squares of differences, each divided by the sum of its two cells where that is not zero.</summary>
internal readonly struct ChiSquareStep : ILaneStep
{
    public static Vector<double> Add(Vector<double> sum, Vector<double> x, Vector<double> y)
    {
        var difference = x - y;
        var total = x + y;
        return sum + Vector.ConditionalSelect(Vector.Equals(total, Vector<double>.Zero), Vector<double>.Zero, difference * difference / total);
    }
}
