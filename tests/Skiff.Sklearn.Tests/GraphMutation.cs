using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn.Tests;

/// <summary>One thing changed in what a file holds, and put back again.</summary>
internal sealed class GraphMutation
{
    private static readonly string[] Kinds =
    [
        "removed", "None", "a text", "a negative number", "a huge number", "a large number", "NaN", "an empty list", "an empty array", "NaN all over", "shorter", "huge all over", "another rank",
        "one cell negative", "one cell huge", "one cell NaN", "some bytes of a record", "other bytes of a record", "more bytes of a record",
    ];

    private readonly PyDict _attributes;
    private readonly int _index;
    private readonly KeyValuePair<object?, object?> _entry;
    private readonly string _kind;
    private readonly Random _random;

    private GraphMutation(PyDict attributes, int index, string kind, Random random)
    {
        _random = random;
        _attributes = attributes;
        _index = index;
        _entry = attributes.Entries[index];
        _kind = kind;
    }

    /// <summary>Whether the entries behind it move.</summary>
    public bool IsRemoval => _kind == "removed";

    public override string ToString() => $"'{_entry.Key}' {_kind}";

    /// <summary>Every change of every attribute that a graph holds.</summary>
    public static List<GraphMutation> All(object? root, Random random) =>
    [
        .. Attributes(root).SelectMany(attributes => Enumerable.Range(0, attributes.Count)
            .SelectMany(index => Kinds.Where(kind => Applies(kind, attributes.Entries[index].Value)).Select(kind => new GraphMutation(attributes, index, kind, random)))),
    ];

    public void Apply()
    {
        if (_kind == "removed")
        {
            _attributes.Entries.RemoveAt(_index);
        }
        else
        {
            _attributes.Entries[_index] = KeyValuePair.Create(_entry.Key, Changed());
        }
    }

    public void Undo()
    {
        if (_kind == "removed")
        {
            _attributes.Entries.Insert(_index, _entry);
        }
        else
        {
            _attributes.Entries[_index] = _entry;
        }
    }

    private static bool Applies(string kind, object? value) => kind switch
    {
        "a large number" => value is long,
        "NaN all over" or "huge all over" => value is NdArray { IsNumeric: true, Size: > 0 },
        "shorter" => value is NdArray { Size: > 1, Rank: > 0, Type.Kind: not DTypeKind.Structured } or PyList { Count: > 0 },
        "another rank" => value is NdArray { Size: > 0, Type.Kind: not DTypeKind.Structured },
        "one cell negative" or "one cell huge" => value is NdArray { Size: > 0, Type.Kind: DTypeKind.Int32 or DTypeKind.Int64 or DTypeKind.Float64 },
        "one cell NaN" => value is NdArray { Size: > 0, Type.Kind: DTypeKind.Float64 },
        "some bytes of a record" or "other bytes of a record" or "more bytes of a record" => value is NdArray { Size: > 0, Data: byte[], Type.Kind: DTypeKind.Structured },
        _ => true,
    };

    private object? Changed() => _kind switch
    {
        "None" => null,
        "a text" => "surprise",
        "a negative number" => -7L,
        "a huge number" => 1L << 40,
        "a large number" => (1L << 31) - 1,
        "NaN" => double.NaN,
        "an empty list" => new PyList(),
        "an empty array" => new NdArray(DType.Float64, [0], Array.Empty<double>()),
        "NaN all over" => Filled((NdArray)_entry.Value!, double.NaN),
        "huge all over" => Filled((NdArray)_entry.Value!, 1e12),
        "shorter" => Shorter(_entry.Value!),
        "one cell negative" => WithCell((NdArray)_entry.Value!, -1e6),
        "one cell huge" => WithCell((NdArray)_entry.Value!, 1e9),
        "one cell NaN" => WithCell((NdArray)_entry.Value!, double.NaN),
        "some bytes of a record" or "other bytes of a record" or "more bytes of a record" => WithBytes((NdArray)_entry.Value!),
        _ => Raised((NdArray)_entry.Value!),
    };

    private static NdArray Filled(NdArray array, double value) => new(DType.Float64, array.Shape, Enumerable.Repeat(value, array.Size).ToArray());

    private static object Shorter(object value)
    {
        if (value is PyList list)
        {
            var rest = new PyList();
            rest.Items.AddRange(list.Items.Skip(1));
            return rest;
        }

        var array = (NdArray)value;
        var shape = array.Shape.ToArray();
        shape[^1]--;
        var size = shape.Aggregate(1, (product, length) => product * length);
        var data = Array.CreateInstance(array.Data.GetType().GetElementType()!, size);
        Array.Copy(array.Data, data, size);
        return new NdArray(array.Type, shape, data);
    }

    private NdArray WithCell(NdArray array, double value)
    {
        var data = (Array)array.Data.Clone();
        var place = _random.Next(data.Length);
        switch (data)
        {
            case double[] numbers:
                numbers[place] = value;
                break;
            case long[] integers:
                integers[place] = (long)value;
                break;
            case int[] integers:
                integers[place] = (int)value;
                break;
        }

        return new NdArray(array.Type, array.Shape, data);
    }

    private NdArray WithBytes(NdArray array)
    {
        var bytes = (byte[])((byte[])array.Data).Clone();
        var start = _random.Next(array.Size) * array.Type.ItemSize;
        start += array.Type.Fields[_random.Next(array.Type.Fields.Count)].Offset;
        for (var i = start; i < Math.Min(bytes.Length, start + _random.Next(1, 9)); i++)
        {
            bytes[i] = _random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)_random.Next(256) };
        }

        return new NdArray(array.Type, array.Shape, bytes);
    }

    private static NdArray Raised(NdArray array) => new(array.Type, [1, .. array.Shape], array.Data);

    /// <summary>The attributes of every object in a graph.</summary>
    internal static List<PyDict> Attributes(object? root)
    {
        var found = new List<PyDict>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.TryPop(out var value))
        {
            if (value is null or string or ValueType || !seen.Add(value))
            {
                continue;
            }

            foreach (var inner in Inner(value, found))
            {
                open.Push(inner);
            }
        }

        return found;
    }

    private static IEnumerable<object?> Inner(object value, List<PyDict> found)
    {
        switch (value)
        {
            case PyInstance instance:
                if (instance.State is PyDict attributes)
                {
                    found.Add(attributes);
                }

                return [instance.State, instance.Items, instance.Entries, .. instance.Arguments];
            case PyDict dict:
                return dict.Entries.Select(entry => entry.Value);
            case PyList list:
                return list.Items;
            case PyTuple tuple:
                return tuple.Items;
            case NdArray { Data: object?[] items }:
                return items;
            case List<object?> items:
                return items;
            default:
                return [];
        }
    }
}
