using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What an object of a file holds.</summary>
internal static class ObjectGraph
{
    private const int MaximumVisits = 100_000;

    /// <summary>Whether the inner object is somewhere within the outer one; not where they are the same.</summary>
    public static bool Holds(object? outer, object? inner)
    {
        if (ReferenceEquals(outer, inner))
        {
            return false;
        }

        var met = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>();
        open.Push(outer);
        for (var visits = 0; visits < MaximumVisits && open.TryPop(out var next); visits++)
        {
            if (ReferenceEquals(next, inner))
            {
                return true;
            }

            if (next is not null and not string && met.Add(next))
            {
                foreach (var child in Children(next))
                {
                    if (child is PyInstance or PyDict or PyList or PyTuple or NdArray)
                    {
                        open.Push(child);
                    }
                }
            }
        }

        return false;
    }

    /// <summary>The instances within an object, itself first; not more than a file of a sane size has.</summary>
    public static IEnumerable<PyInstance> Instances(object? outer)
    {
        var met = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Queue<object?>();
        open.Enqueue(outer);
        for (var visits = 0; visits < MaximumVisits && open.TryDequeue(out var next); visits++)
        {
            if (next is null or string || !met.Add(next))
            {
                continue;
            }

            if (next is PyInstance instance)
            {
                yield return instance;
            }

            foreach (var child in Children(next))
            {
                if (child is PyInstance or PyDict or PyList or PyTuple or NdArray)
                {
                    open.Enqueue(child);
                }
            }
        }
    }

    private static IEnumerable<object?> Children(object value) => value switch
    {
        PyInstance instance => instance.Attributes.Entries.Select(entry => entry.Value),
        PyDict dict => dict.Entries.Select(entry => entry.Value),
        PyList list => list.Items,
        PyTuple tuple => tuple.Items,
        NdArray { Data: object?[] items } => items,
        _ => [],
    };
}
