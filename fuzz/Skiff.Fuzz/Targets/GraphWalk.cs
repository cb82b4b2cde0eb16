using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Fuzz;

/// <summary>Looks at everything that a graph holds: each value once, whatever refers to it.</summary>
internal sealed class GraphWalk
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object?> _open = new();

    /// <summary>Walks, and adds what is found to a sum.</summary>
    public void Add(object? root, ref Fingerprint sum)
    {
        _open.Push(root);
        while (_open.TryPop(out var value))
        {
            if (value is not (null or ValueType or string) && _seen.Add(value))
            {
                AddObject(value, ref sum);
                _ = ScipySparse.TryReadCsr(value, out _, out _);
                _ = PandasIndex.TryRead(value, out _);
            }
            else if (value is not null)
            {
                AddScalar(value, ref sum);
            }
        }

        // The same object serves for the next graph; a large one is not kept for ever.
        _seen.Clear();
        _seen.TrimExcess(64);
    }

    private void AddObject(object value, ref Fingerprint sum)
    {
        switch (value)
        {
            case PyTuple tuple:
                Push(tuple.Items, ref sum);
                break;
            case PyList list:
                Push(list.Items, ref sum);
                break;
            case PySet set:
                Push(set.Items, ref sum);
                break;
            case PyDict dict:
                Push(dict.Entries, ref sum);
                break;
            case PyInstance instance:
                Push(instance.Arguments, ref sum);
                _open.Push(instance.Callee);
                _open.Push(instance.Keywords);
                _open.Push(instance.State);
                _open.Push(instance.Items);
                _open.Push(instance.Entries);
                break;
            case List<object?> items:
                Push(items, ref sum);
                break;
            case List<KeyValuePair<object?, object?>> entries:
                Push(entries, ref sum);
                break;
            case NdArray array:
                AddArray(array, ref sum);
                break;
            case byte[] bytes:
                sum.Add(bytes.AsSpan());
                break;
            case PyGlobal or DType:
                sum.Add(value.ToString());
                break;
            default:
                throw new FindingException($"a graph holds a {value.GetType()}");
        }
    }

    private void AddArray(NdArray array, ref Fingerprint sum)
    {
        sum.Add(array.Size);
        if (array.Data is object?[] items)
        {
            Push(items, ref sum);
        }
        else if (array.IsNumeric)
        {
            foreach (var number in array.ToDoubles())
            {
                sum.Add(number);
            }
        }

        foreach (var field in array.Type.Fields)
        {
            _ = array.TryGetField(field.Name, out _);
        }
    }

    private static void AddScalar(object value, ref Fingerprint sum)
    {
        switch (value)
        {
            case string text:
                sum.Add(text);
                break;
            case long number:
                sum.Add(number);
                break;
            case double number:
                sum.Add(number);
                break;
            case bool or sbyte or byte or short or ushort or int or uint or ulong or float or Half or System.Numerics.BigInteger or System.Numerics.Complex:
                sum.Add(value.GetHashCode());
                break;
            case not ValueType:
                sum.Add(1);
                break;
            default:
                throw new FindingException($"a graph holds a {value.GetType()}");
        }
    }

    private void Push(IEnumerable<object?> items, ref Fingerprint sum)
    {
        var count = 0;
        foreach (var item in items)
        {
            _open.Push(item);
            count++;
        }

        sum.Add(count);
    }

    private void Push(List<KeyValuePair<object?, object?>> entries, ref Fingerprint sum)
    {
        sum.Add(entries.Count);
        foreach (var (key, value) in entries)
        {
            _open.Push(key);
            _open.Push(value);
        }
    }
}
