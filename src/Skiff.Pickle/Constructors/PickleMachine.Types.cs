using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>numpy's <c>dtype</c>: <c>arraydescr_reduce</c> and <c>arraydescr_setstate</c> of numpy's <c>descriptor.c</c>, versions 3 and 4.</summary>
internal sealed partial class PickleMachine
{
    private const int MostDimensions = 64;
    private const int MostFields = 65_536;

    private DTypeShell? MakeType(PyGlobal name, object?[] items)
    {
        if (items is not [_, _, _])
        {
            return null;
        }

        // A record type names its class (numpy.record) instead of its letter and size; the state has both.
        var code = items[0] is PyGlobal ? "V0" : TextOf(items[0]);
        if (code is null)
        {
            return null;
        }

        return new DTypeShell(Record(name, items), DType.TryParse(code, out var type) ? type : OpaqueOf(code));
    }

    /// <summary>A type that nothing here can read (a wider complex, a type of a later numpy) is bytes of its width.</summary>
    private static DType? OpaqueOf(string code)
    {
        var digits = code.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ<>|=");
        return int.TryParse(digits, System.Globalization.NumberStyles.None, null, out var size) ? new DType(DTypeKind.Structured, size) : null;
    }

    private void BuildType(DTypeShell shell, object? state)
    {
        if (shell.IsBuilt)
        {
            throw Fail("The pickle is malformed: the state of a dtype is set twice");
        }

        shell.Call.State = state;
        if (shell.Value is not { } type || state is not PyTuple { Count: 8 or 9, Items: var items } || items[0] is not long)
        {
            shell.Build(null);
            return;
        }

        var bigEndian = TextOf(items[1]) == ">";
        shell.Build(type.Kind switch
        {
            DTypeKind.Structured => BuildStructured(items, type.ItemSize),
            DTypeKind.Unicode => BuildText(SizeOf(items[5], type.ItemSize), bigEndian),
            DTypeKind.Bytes => new DType(DTypeKind.Bytes, SizeOf(items[5], type.ItemSize)),
            DTypeKind.DateTime64 or DTypeKind.TimeDelta64 => new DType(type.Kind, 8, bigEndian, unit: UnitOf(items)),
            DTypeKind.Object => type,
            _ => new DType(type.Kind, type.ItemSize, bigEndian && type.ItemSize > 1),
        });
    }

    private DType BuildText(int size, bool bigEndian)
    {
        const int CodePointBytes = 4;
        return size % CodePointBytes == 0
            ? new DType(DTypeKind.Unicode, size, bigEndian)
            : throw Fail($"The pickle is malformed: a text dtype of {size} bytes, which are not whole code points");
    }

    private DType BuildStructured(object?[] items, int size)
    {
        size = SizeOf(items[5], size);
        if (items[2] is PyTuple { Count: 2 } subarray && subarray[0] is DTypeShell { Value: { } element })
        {
            var shape = ShapeOf(subarray[1]);
            if (Product(shape) * element.ItemSize != size)
            {
                throw Fail("The pickle is malformed: a dtype's shape and size disagree");
            }

            return new DType(DTypeKind.Structured, size, subarray: new DTypeSubarray(element, shape));
        }

        if (items[3] is not PyTuple names || items[4] is not PyDict fields)
        {
            return new DType(DTypeKind.Structured, size);
        }

        if (names.Count > MostFields)
        {
            throw Fail($"A dtype has more than {MostFields} fields");
        }

        _budget.Charge((long)PickleBudget.ContainerBytes * names.Count, _opcodeOffset);
        return new DType(DTypeKind.Structured, size, fields: [.. names.Items.Select(name => FieldOf(name, fields, size))]);
    }

    private DTypeField FieldOf(object? name, PyDict fields, int size)
    {
        // The third item, where there is one, is the field's title.
        if (TextOf(name) is not { } text
            || !fields.TryGetValue(text, out var value)
            || value is not PyTuple { Count: 2 or 3 } field
            || field[0] is not DTypeShell { Value: { } type }
            || field[1] is not long offset
            || offset < 0
            || offset + type.ItemSize > size)
        {
            throw Fail("The pickle is malformed: a dtype has a field that does not lie in it");
        }

        return new DTypeField(text, type, (int)offset);
    }

    private int SizeOf(object? value, int otherwise) => value switch
    {
        -1L => otherwise,
        long size when size is >= 0 and <= int.MaxValue => (int)size,
        _ => throw Fail("The pickle is malformed: a dtype's size"),
    };

    private static string? UnitOf(object?[] items) =>
        items is [.., PyTuple { Count: 2 } metadata] && metadata[1] is PyTuple { Count: >= 2 } unit && TextOf(unit[0]) is { } name
            ? unit[1] is long count and not 1 ? $"{count}{name}" : name
            : null;

    private int[] ShapeOf(object? value)
    {
        var lengths = value switch { PyTuple tuple => tuple.Items, long => [value], _ => throw BadShape() };
        if (lengths.Length > MostDimensions)
        {
            throw Fail($"An array has more than {MostDimensions} dimensions");
        }

        return Array.ConvertAll(lengths, length => length is long and >= 0 and <= int.MaxValue ? (int)(long)length! : throw BadShape());
    }

    private long Product(int[] shape)
    {
        Int128 product = 1;
        foreach (var length in shape)
        {
            product *= length;
            if (product > Array.MaxLength)
            {
                throw Fail($"An array of more than {Array.MaxLength} elements is more than this program can hold");
            }
        }

        return (long)product;
    }

    private PickleException BadShape() => Fail("The pickle is malformed: the shape of an array");
}
