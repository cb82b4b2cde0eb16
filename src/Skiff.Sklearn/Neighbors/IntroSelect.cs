using System.Numerics;

namespace Skiff.Sklearn;

/// <summary>The indices of the smallest values in numpy's order of partitioning: which of several equals are among them depends on it.</summary>
/// <remarks>numpy, <c>numpy/_core/src/npysort/selection.cpp</c>, <c>introselect</c> as <c>argpartition</c> uses it with one place.</remarks>
internal static class IntroSelect
{
    /// <summary>Moves the indices of the smallest values to the front.</summary>
    /// <param name="values">The values.</param>
    /// <param name="order">As many integers; filled here.</param>
    /// <param name="count">How many of the smallest, at least one.</param>
    public static void Smallest(ReadOnlySpan<double> values, Span<int> order, int count)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var place = count - 1;
        if (place < 3)
        {
            SelectFirst(values, order, place + 1);
        }
        else if (place == order.Length - 1)
        {
            MoveHighestLast(values, order);
        }
        else
        {
            Partition(values, order, place);
        }
    }

    private static bool IsLess(double a, double b) => a < b || (double.IsNaN(b) && !double.IsNaN(a));

    private static void Swap(Span<int> order, int i, int j) => (order[i], order[j]) = (order[j], order[i]);

    private static void SelectFirst(ReadOnlySpan<double> values, Span<int> order, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var lowest = i;
            for (var k = i + 1; k < order.Length; k++)
            {
                if (IsLess(values[order[k]], values[order[lowest]]))
                {
                    lowest = k;
                }
            }

            Swap(order, i, lowest);
        }
    }

    private static void MoveHighestLast(ReadOnlySpan<double> values, Span<int> order)
    {
        var highest = 0;
        for (var k = 1; k < order.Length; k++)
        {
            if (!IsLess(values[order[k]], values[order[highest]]))
            {
                highest = k;
            }
        }

        Swap(order, order.Length - 1, highest);
    }

    private static void Partition(ReadOnlySpan<double> values, Span<int> order, int place)
    {
        var low = 0;
        var high = order.Length - 1;
        var rounds = BitOperations.Log2((uint)order.Length) * 2;
        while (low + 1 < high)
        {
            if (rounds-- <= 0 && high - low >= 6)
            {
                // numpy takes medians of medians from here on; a file that gets this far is made to, and needs an end rather than numpy's order.
                SortRange(values, order[low..(high + 1)]);
                return;
            }

            MoveMedianFirst(values, order, low, high);
            var pivot = values[order[low]];
            var left = low + 1;
            var right = high;
            while (true)
            {
                do
                {
                    left++;
                }
                while (left <= high && IsLess(values[order[left]], pivot));
                do
                {
                    right--;
                }
                while (right > low && IsLess(pivot, values[order[right]]));
                if (right < left)
                {
                    break;
                }

                Swap(order, left, right);
            }

            Swap(order, low, right);
            if (right >= place)
            {
                high = right - 1;
            }

            if (right <= place)
            {
                low = left;
            }
        }

        if (high == low + 1 && IsLess(values[order[high]], values[order[low]]))
        {
            Swap(order, high, low);
        }
    }

    // The median of three becomes the first, the lowest of them the second and the highest the last.
    private static void MoveMedianFirst(ReadOnlySpan<double> values, Span<int> order, int low, int high)
    {
        var middle = low + ((high - low) / 2);
        if (IsLess(values[order[high]], values[order[middle]]))
        {
            Swap(order, high, middle);
        }

        if (IsLess(values[order[high]], values[order[low]]))
        {
            Swap(order, high, low);
        }

        if (IsLess(values[order[low]], values[order[middle]]))
        {
            Swap(order, low, middle);
        }

        Swap(order, middle, low + 1);
    }

    // Heap sort, in place: the span's own sort would need the values beside the indices.
    private static void SortRange(ReadOnlySpan<double> values, Span<int> order)
    {
        for (var i = (order.Length / 2) - 1; i >= 0; i--)
        {
            Sink(values, order, i, order.Length);
        }

        for (var end = order.Length - 1; end > 0; end--)
        {
            Swap(order, 0, end);
            Sink(values, order, 0, end);
        }
    }

    private static void Sink(ReadOnlySpan<double> values, Span<int> order, int place, int end)
    {
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= end)
            {
                return;
            }

            if (child + 1 < end && IsLess(values[order[child]], values[order[child + 1]]))
            {
                child++;
            }

            if (!IsLess(values[order[place]], values[order[child]]))
            {
                return;
            }

            Swap(order, place, child);
            place = child;
        }
    }
}
