using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The reduced distances from a row to every fitted row, which brute force looks through.</summary>
internal abstract class DistanceTable
{
    /// <summary>How many fitted rows there are.</summary>
    public abstract int Count { get; }

    /// <summary>Columns a row must have.</summary>
    public abstract int Width { get; }

    /// <summary>Computes them all.</summary>
    /// <param name="query">The row.</param>
    /// <param name="reduced">One a fitted row.</param>
    public abstract void Fill(ReadOnlySpan<double> query, Span<double> reduced);

    /// <summary>The distance of a reduced one.</summary>
    public abstract double ToDistance(double reduced);

    /// <summary>The reduced distance of a distance.</summary>
    public abstract double ToReduced(double distance);
}

/// <summary>Any metric, fitted row by fitted row.</summary>
internal sealed class MetricTable(Matrix rows, Metric metric) : DistanceTable
{
    public override int Count => rows.Rows;

    public override int Width => rows.Columns;

    public override void Fill(ReadOnlySpan<double> query, Span<double> reduced)
    {
        for (var i = 0; i < reduced.Length; i++)
        {
            reduced[i] = metric.Reduced(query, rows.Row(i));
        }
    }

    public override double ToDistance(double reduced) => metric.ToDistance(reduced);

    public override double ToReduced(double distance) => metric.ToReduced(distance);
}

/// <summary><c>precomputed</c>: the row holds the distances.</summary>
internal sealed class PrecomputedTable(int count) : DistanceTable
{
    public override int Count => count;

    public override int Width => count;

    public override void Fill(ReadOnlySpan<double> query, Span<double> reduced)
    {
        foreach (var distance in query)
        {
            if (distance < 0)
            {
                throw new InputException(InputErrorKind.Value, $"{Numerics.PyFloat.Format(distance)} is no distance; the model takes the distances to its {count} fitted rows");
            }
        }

        query.CopyTo(reduced);
    }

    public override double ToDistance(double reduced) => reduced;

    public override double ToReduced(double distance) => distance;
}
