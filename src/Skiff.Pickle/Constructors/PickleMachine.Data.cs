using System.Numerics;
using System.Text;
using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>The calls that only make data. One that is made in a way Python never writes stays a record.</summary>
internal sealed partial class PickleMachine
{
    private object? MakeData(PyGlobal name, PyTuple arguments)
    {
        _budget.Charge(PickleBudget.ContainerBytes, _opcodeOffset);
        var items = arguments.Items;
        return name.Constructor switch
        {
            DataConstructor.NdArrayReconstruct => items is [PyGlobal subtype, _, _] && IsPlainArray(subtype) ? new NdArray() : null,
            DataConstructor.NdArrayFromBuffer => MakeArrayFromBuffer(items),
            DataConstructor.NumpyScalar => MakeScalar(items),
            DataConstructor.NumpyDType => MakeType(name, items),
            DataConstructor.Dict => MakeDict(items),
            DataConstructor.DefaultDict => items.Length <= 1 ? new PyDict() : null,
            DataConstructor.Set => MakeSet(items, frozen: false),
            DataConstructor.FrozenSet => MakeSet(items, frozen: true),
            DataConstructor.Complex => MakeComplex(items),
            DataConstructor.Bytes or DataConstructor.ByteArray => MakeBytes(items),
            DataConstructor.CodecsEncode => items is [string text, string encoding] && IsLatin1(encoding) ? EncodeLatin1(text) : null,
            DataConstructor.ObjectReconstructor => Reconstruct(items),
            _ => null,
        };
    }

    private PyDict? MakeDict(object?[] items)
    {
        var dict = new PyDict();
        if (items is [PyList pairs])
        {
            foreach (var pair in pairs.Items)
            {
                // Python 2 writes a pair as a list.
                var entry = pair switch { PyTuple { Count: 2 } t => t.Items, PyList { Count: 2 } l => [l[0], l[1]], _ => null };
                if (entry is null)
                {
                    return null;
                }

                AddEntries(dict, entry);
            }

            return dict;
        }

        return items.Length == 0 ? dict : null;
    }

    private PySet? MakeSet(object?[] items, bool frozen)
    {
        var set = new PySet(frozen);
        switch (items)
        {
            case []:
                return set;
            case [PyList list]:
                AddItems(set.Items, [.. list.Items]);
                return set;
            case [PyTuple tuple]:
                AddItems(set.Items, tuple.Items);
                return set;
            default:
                return null;
        }
    }

    private static Complex? MakeComplex(object?[] items) =>
        items is [double or long, double or long] ? new Complex(ToDouble(items[0]), ToDouble(items[1])) : null;

    private static double ToDouble(object? value) => value is long integer ? integer : (double)value!;

    private object? MakeBytes(object?[] items) => items switch
    {
        [] => Array.Empty<byte>(),
        [byte[] or ByteString] => items[0],
        [string text, string encoding] when IsLatin1(encoding) => EncodeLatin1(text),
        _ => null,
    };

    private object? EncodeLatin1(string text)
    {
        _budget.Charge(text.Length, _opcodeOffset);
        var bytes = GC.AllocateUninitializedArray<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 0xFF)
            {
                return null;
            }

            bytes[i] = (byte)text[i];
        }

        return bytes.Length < ByteString.Threshold ? bytes : new ByteString(bytes);
    }

    private static bool IsLatin1(string encoding) => encoding is "latin1" or "latin-1";

    /// <summary>
    /// <c>copyreg._reconstructor(class, base, state)</c>: how protocols 0 and 1 make an object. Where the base is not <c>object</c> the
    /// state is the value of the base: what a dict or list of its own kind holds.
    /// </summary>
    private object? Reconstruct(object?[] items)
    {
        if (items is not [PyGlobal or PyInstance, PyGlobal baseType, _])
        {
            return null;
        }

        if (items[0] is PyGlobal { Constructor: DataConstructor.JoblibArray } && _isJoblib)
        {
            return new NdArray();
        }

        var isObject = baseType.Name == "object" && items[2] is null;
        var instance = Record(items[0], isObject ? [] : [items[2]]);
        instance.Entries = items[2] as PyDict;
        instance.Items = (items[2] as PyList)?.Items;
        return instance;
    }

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        _ => null,
    };
}
