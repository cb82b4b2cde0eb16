namespace Skiff.Sklearn;

/// <summary>Finds the fitted rows near a row.</summary>
internal abstract class NeighborSearch
{
    /// <summary>How many fitted rows there are.</summary>
    public abstract int Count { get; }

    /// <summary>Columns a row must have.</summary>
    public abstract int Width { get; }

    /// <summary>Whether rows may be sparse.</summary>
    public abstract bool TakesSparse { get; }

    /// <summary>The nearest fitted rows, as many as <paramref name="found"/> has places, nearest first.</summary>
    /// <param name="query">The row.</param>
    /// <param name="found">Where they go.</param>
    /// <param name="work">Memory for all fitted rows.</param>
    public abstract void Nearest(ReadOnlySpan<double> query, NeighborBuffer found, NeighborBuffer work);

    /// <summary>The fitted rows within a radius, in scikit-learn's order.</summary>
    /// <param name="query">The row.</param>
    /// <param name="radius">The radius; what lies on it is within.</param>
    /// <param name="found">Where they go, with a place for every fitted row.</param>
    /// <param name="work">Memory for all fitted rows.</param>
    /// <returns>How many there are.</returns>
    public abstract int Within(ReadOnlySpan<double> query, double radius, NeighborBuffer found, NeighborBuffer work);
}

/// <summary>Fitted rows and their distances, side by side.</summary>
/// <param name="distances">Distances.</param>
/// <param name="indices">Fitted rows.</param>
/// <param name="scratch">The memory that both are in, which counts the work of the search.</param>
internal readonly ref struct NeighborBuffer(Span<double> distances, Span<int> indices, Models.Scratch scratch)
{
    public Span<double> Distances { get; } = distances;

    public Span<int> Indices { get; } = indices;

    /// <summary>Memory for a number of rows.</summary>
    public static NeighborBuffer Of(int count, Models.Scratch scratch) => new(scratch.Dense(1, count).Values, scratch.Integers(count), scratch);

    /// <summary>Notes work that is about to be done.</summary>
    /// <exception cref="OperationCanceledException">The answer is not wanted any more.</exception>
    public void Step(long work) => scratch.Step(work);
}

/// <summary>Brute force over a table of distances.</summary>
/// <param name="table">The distances.</param>
/// <param name="usesHeap">Whether the nearest are kept in a heap, as scikit-learn does since 1.1 where it can, or found by numpy's partition.</param>
internal sealed class BruteSearch(DistanceTable table, bool usesHeap) : NeighborSearch
{
    public override int Count => table.Count;

    public override int Width => table.Width;

    public override bool TakesSparse => true;

    public override void Nearest(ReadOnlySpan<double> query, NeighborBuffer found, NeighborBuffer work)
    {
        found.Step((long)table.Count * table.Width);
        table.Fill(query, work.Distances);
        if (usesHeap)
        {
            NeighborHeap.Clear(found.Distances, found.Indices);
            for (var i = 0; i < work.Distances.Length; i++)
            {
                NeighborHeap.Push(found.Distances, found.Indices, work.Distances[i], i);
            }
        }
        else
        {
            IntroSelect.Smallest(work.Distances, work.Indices, found.Indices.Length);
            for (var i = 0; i < found.Indices.Length; i++)
            {
                found.Indices[i] = work.Indices[i];
                found.Distances[i] = work.Distances[work.Indices[i]];
            }
        }

        found.Distances.Sort(found.Indices);
        foreach (ref var distance in found.Distances)
        {
            distance = table.ToDistance(distance);
        }
    }

    public override int Within(ReadOnlySpan<double> query, double radius, NeighborBuffer found, NeighborBuffer work)
    {
        found.Step((long)table.Count * table.Width);
        var limit = table.ToReduced(radius);
        table.Fill(query, work.Distances);
        var count = 0;
        for (var i = 0; i < work.Distances.Length; i++)
        {
            if (work.Distances[i] <= limit)
            {
                found.Distances[count] = table.ToDistance(work.Distances[i]);
                found.Indices[count++] = i;
            }
        }

        return count;
    }
}
