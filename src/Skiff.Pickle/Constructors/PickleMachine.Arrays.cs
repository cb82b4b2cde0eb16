using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>numpy's arrays and scalars: <c>array_setstate</c>, <c>_frombuffer</c> and <c>scalar</c> of numpy's <c>multiarray</c>.</summary>
internal sealed partial class PickleMachine
{
    /// <summary>Elements without bytes cost the file nothing; so many of them are still believed.</summary>
    private const int MostEmptyElements = 65_536;

    /// <summary>The subclasses whose state is that of an array.</summary>
    private static bool IsPlainArray(PyGlobal type) => type switch
    {
        { Module: "numpy", Name: "ndarray" or "matrix" or "memmap" or "recarray" or "chararray" } => true,
        { Module: "numpy.matrixlib.defmatrix" or "numpy.core.defmatrix", Name: "matrix" } => true,
        { Module: "numpy.core.memmap" or "numpy._core.memmap", Name: "memmap" } => true,
        { Module: "numpy.rec" or "numpy.core.records" or "numpy._core.records", Name: "recarray" } => true,
        { Module: "numpy.char" or "numpy.core.defchararray" or "numpy._core.defchararray", Name: "chararray" } => true,
        _ => false,
    };

    private void BuildArray(NdArray array, object? state)
    {
        if (!array.IsUnfilled)
        {
            throw Fail("The pickle is malformed: the elements of an array are set twice");
        }

        switch (state)
        {
            case PyDict wrapper when _isJoblib:
                ReadJoblibArray(array, wrapper);
                break;
            case PyTuple { Count: 5, Items: [long, var shape, DTypeShell type, bool fortranOrder, var data] }:
                FillArray(array, type, ShapeOf(shape), fortranOrder, data);
                break;
            case PyTuple { Count: 5, Items: [long, var shape, DTypeShell type, long fortranOrder, var data] }:
                FillArray(array, type, ShapeOf(shape), fortranOrder != 0, data);
                break;
            default:
                throw Fail("The pickle is malformed: the state of an array");
        }
    }

    private void FillArray(NdArray array, DTypeShell shell, int[] shape, bool fortranOrder, object? data)
    {
        var type = shell.Value ?? throw UnknownType(shell);
        var size = (int)Product(shape);
        if (data is PyList list)
        {
            // Elements that are objects, or have fields that are, come as a list, in C order whatever the order of the array.
            if (!type.HasObjects || list.Count != size)
            {
                throw Fail($"The pickle is malformed: an array of {type} with {size} elements has a list of {list.Count}");
            }

            _budget.Charge((long)ItemBytes * size, _opcodeOffset);
            array.Fill(DType.Object, shape, list.Items.ToArray());
            return;
        }

        var memory = ElementsOf(type, size, fortranOrder, data);
        array.Fill(type, shape, fortranOrder ? TypedMemory.FromFortran(type, shape, memory) : memory);
    }

    private Array ElementsOf(DType type, int size, bool fortranOrder, object? data)
    {
        var held = data as ByteString;
        var bytes = held?.Bytes ?? data switch
        {
            byte[] b => b,
            string text when EncodeLatin1(text) is { } encoded => encoded as byte[] ?? ((ByteString)encoded).Bytes,
            _ => throw Fail("The pickle is malformed: the elements of an array are no bytes"),
        };
        CheckElements(type, size);
        if ((long)size * type.ItemSize != bytes.Length)
        {
            throw Fail($"The pickle is malformed: an array of {type} with {size} elements has {bytes.Length} bytes");
        }

        ChargeElements(type, size);
        if (!TypedMemory.IsBlittable(type))
        {
            return ReadFixedWidth(type, bytes, size);
        }

        var memory = TypedMemory.Allocate(type, size);
        bytes.CopyTo(TypedMemory.Bytes(memory, 0, bytes.Length));
        TypedMemory.Normalize(type, memory);
        if (!fortranOrder && !type.BigEndian && type.Kind != DTypeKind.Bool)
        {
            held?.GiveWayTo(memory);
        }

        return memory;
    }

    private Array ReadFixedWidth(DType type, byte[] bytes, int size)
    {
        var elements = FixedWidth.Allocate(type, size);
        return FixedWidth.TryRead(type, bytes, elements, 0) ? elements : throw Fail("The pickle is malformed: a text of an array holds what is no code point");
    }

    private NdArray? MakeArrayFromBuffer(object?[] items)
    {
        if (items is not [byte[] or ByteString, DTypeShell shell, PyTuple shape, string order])
        {
            return null;
        }

        var array = new NdArray();
        FillArray(array, shell, ShapeOf(shape), order == "F", items[0]);
        return array;
    }

    private object? MakeScalar(object?[] items)
    {
        if (items is [DTypeShell { Value.Kind: DTypeKind.Object }, var value])
        {
            return value;
        }

        if (items is not [DTypeShell { Value: { } type }, byte[] or string or ByteString])
        {
            return null;
        }

        if (type.HasObjects)
        {
            return null;
        }

        var memory = ElementsOf(type, 1, fortranOrder: true, items[1]);
        return type.Kind switch
        {
            DTypeKind.Bool => Boxes.Of(((bool[])memory)[0]),
            DTypeKind.Int64 => Boxes.Of(((long[])memory)[0]),
            DTypeKind.DateTime64 or DTypeKind.TimeDelta64 or DTypeKind.Structured or DTypeKind.LongDouble => new NdArray(type, [], memory),
            _ => memory.GetValue(0),
        };
    }

    private void CheckElements(DType type, int size)
    {
        if (type.HasObjects)
        {
            throw Fail($"The pickle is malformed: an array of {type} has bytes instead of objects");
        }

        if (type.ItemSize == 0 && size > MostEmptyElements)
        {
            throw Fail($"An array of {size} elements without bytes is more than {MostEmptyElements}");
        }

        if ((long)size * type.ItemSize > _options.MaxArrayBytes)
        {
            throw Fail($"An array has {(long)size * type.ItemSize} bytes, more than {_options.MaxArrayBytes} (PickleOptions.MaxArrayBytes)");
        }

        if ((long)size * type.ItemSize > Array.MaxLength && type.Kind is DTypeKind.Structured or DTypeKind.LongDouble)
        {
            throw Fail($"An array of {type} with {size} elements is more than this program can hold");
        }
    }

    /// <summary>What elements take in memory, where that is more than their bytes: a text is an object of its own.</summary>
    private void ChargeElements(DType type, int size)
    {
        var perElement = type.Kind switch
        {
            DTypeKind.Unicode or DTypeKind.Bytes => PickleBudget.ObjectBytes + type.ItemSize,
            DTypeKind.Complex64 => 16,
            _ => type.ItemSize,
        };
        _budget.Charge((long)perElement * size, _opcodeOffset);
    }

    private PickleException UnknownType(DTypeShell shell) =>
        Fail($"An array of dtype {shell.Call.Arguments[0] ?? "None"} cannot be read");
}
