using System.Runtime.InteropServices;
using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>What a value holds.</summary>
internal static class GraphChildren
{
    private static readonly List<object> None = [];

    /// <summary>Puts final values in the place of placeholders, and lists those that hold others.</summary>
    public static List<object> Resolve(object node)
    {
        var children = None;
        switch (node)
        {
            case PyTuple tuple:
                Resolve(tuple.Items, ref children);
                break;
            case PyList list:
                Resolve(CollectionsMarshal.AsSpan(list.Items), ref children);
                break;
            case PySet set:
                Resolve(CollectionsMarshal.AsSpan(set.Items), ref children);
                break;
            case PyDict dict:
                Resolve(dict, ref children);
                break;
            case NdArray { Type.Kind: DTypeKind.Object } array:
                Resolve((object?[])array.Data, ref children);
                break;
            case PyInstance instance:
                Resolve(instance, ref children);
                break;
        }

        return children;
    }

    private static void Resolve(Span<object?> items, ref List<object> children)
    {
        foreach (ref var item in items)
        {
            if (item is Placeholder placeholder)
            {
                item = placeholder.Resolve();
            }

            Add(item, ref children);
        }
    }

    private static void Resolve(PyDict dict, ref List<object> children)
    {
        foreach (ref var entry in CollectionsMarshal.AsSpan(dict.Entries))
        {
            if (entry.Key is Placeholder || entry.Value is Placeholder)
            {
                entry = new KeyValuePair<object?, object?>((entry.Key as Placeholder)?.Resolve() ?? entry.Key, (entry.Value as Placeholder)?.Resolve() ?? entry.Value);
            }

            Add(entry.Key, ref children);
            Add(entry.Value, ref children);
        }
    }

    private static void Resolve(PyInstance instance, ref List<object> children)
    {
        Resolve(instance.Arguments, ref children);
        if (instance.State is Placeholder state)
        {
            instance.State = state.Resolve();
        }

        Add(instance.State, ref children);
        Add(instance.Keywords, ref children);
        Add(instance.Callee, ref children);
        Add(instance.Entries, ref children);
        if (instance.Items is { } items)
        {
            Resolve(CollectionsMarshal.AsSpan(items), ref children);
        }
    }

    private static void Add(object? value, ref List<object> children)
    {
        if (value is PyContainer or NdArray { Type.Kind: DTypeKind.Object })
        {
            if (ReferenceEquals(children, None))
            {
                children = [];
            }

            children.Add(value);
        }
    }
}
