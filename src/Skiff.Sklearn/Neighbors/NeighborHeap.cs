namespace Skiff.Sklearn;

/// <summary>The nearest so far, as a heap whose root is the farthest of them. A candidate as far as the root is turned away, so that of equals the first stay.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/utils/_heap.pyx</c>, <c>heap_push</c>. Which of several equals leaves when something nearer comes depends on how the
/// heap sinks a value, so this sinks as that does; the same since 0.22.
/// </remarks>
internal static class NeighborHeap
{
    /// <summary>Fills a heap with places that anything nearer than infinity takes.</summary>
    public static void Clear(Span<double> distances, Span<int> indices)
    {
        distances.Fill(double.PositiveInfinity);
        indices.Clear();
    }

    /// <summary>Offers a candidate.</summary>
    public static void Push(Span<double> distances, Span<int> indices, double distance, int index)
    {
        if (distance >= distances[0])
        {
            return;
        }

        var place = 0;
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= distances.Length)
            {
                break;
            }

            if (child + 1 < distances.Length && !(distances[child] >= distances[child + 1]))
            {
                child++;
            }

            if (!(distance < distances[child]))
            {
                break;
            }

            distances[place] = distances[child];
            indices[place] = indices[child];
            place = child;
        }

        distances[place] = distance;
        indices[place] = index;
    }
}
