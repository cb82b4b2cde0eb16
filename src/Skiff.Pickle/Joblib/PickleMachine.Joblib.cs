using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>
/// joblib's arrays: <c>NumpyArrayWrapper.read_array</c> of <c>joblib/numpy_pickle.py</c>. The pickle holds a wrapper that says what the array
/// is; its elements follow in the same stream, right after the wrapper's BUILD, outside any frame.
/// </summary>
internal sealed partial class PickleMachine
{
    private void ReadJoblibArray(NdArray array, PyDict wrapper)
    {
        if (!wrapper.TryGetValue("shape", out var shapeValue)
            || !wrapper.TryGetValue("dtype", out var typeValue)
            || !wrapper.TryGetValue("order", out var orderValue)
            || typeValue is not DTypeShell shell)
        {
            throw Fail("The joblib file is malformed: an array's wrapper lacks shape, order or dtype");
        }

        if (_frameEnd >= 0 && _input.Offset != _frameEnd)
        {
            throw Fail("The joblib file is malformed: the elements of an array lie within a frame");
        }

        _frameEnd = -1;
        var type = shell.Value ?? throw UnknownType(shell);
        var shape = ShapeOf(shapeValue);
        var size = (int)Product(shape);
        if (type.HasObjects)
        {
            FillFromNestedPickle(array, shape);
            return;
        }

        SkipPadding(wrapper);
        CheckElements(type, size);
        _input.CheckAvailable((long)size * type.ItemSize);
        ChargeElements(type, size);
        var memory = TypedMemory.IsBlittable(type) ? ReadPlainElements(type, size) : ReadFixedWidthElements(type, size);
        array.Fill(type, shape, orderValue is "F" ? TypedMemory.FromFortran(type, shape, memory) : memory);
    }

    /// <summary>Since joblib 1.2: one byte that counts the bytes of padding, and those.</summary>
    private void SkipPadding(PyDict wrapper)
    {
        if (!wrapper.TryGetValue("numpy_array_alignment_bytes", out var alignment) || alignment is null)
        {
            return;
        }

        if (alignment is not (long and > 0 and <= byte.MaxValue))
        {
            throw Fail("The joblib file is malformed: the alignment of an array");
        }

        var padding = _input.ReadByte();
        if (padding > (long)alignment)
        {
            throw Fail($"The joblib file is malformed: {padding} bytes of padding for an alignment of {alignment}");
        }

        _ = _input.ReadSpan(padding);
    }

    private Array ReadPlainElements(DType type, int size)
    {
        var total = (long)size * type.ItemSize;
        _input.CheckAvailable(total);
        var count = type.ItemSize == 0 ? size : (int)(_input.NextPiece(total, 0) / type.ItemSize);
        count = Math.Clamp(count, Math.Min(size, 1), size);
        var memory = TypedMemory.Allocate(type, count);
        for (long come = 0; come < total;)
        {
            if (come == (long)count * type.ItemSize)
            {
                // The stream cannot tell how long it is, so memory grows with what really comes.
                count = (int)Math.Min(size, count * 2L);
                memory = TypedMemory.Grow(type, memory, count);
            }

            const int LargestPiece = 1 << 30;
            var piece = (int)Math.Min(LargestPiece, ((long)count * type.ItemSize) - come);
            _input.ReadExactly(TypedMemory.Bytes(memory, come, piece));
            come += piece;
        }

        TypedMemory.Normalize(type, memory);
        return memory;
    }

    private Array ReadFixedWidthElements(DType type, int size)
    {
        var total = (long)size * type.ItemSize;
        _input.CheckAvailable(total);
        if (type.ItemSize == 0)
        {
            return ReadFixedWidth(type, [], size);
        }

        var perPiece = Math.Max(1, PickleInput.BufferSize / type.ItemSize);
        var elements = FixedWidth.Allocate(type, Math.Min(size, perPiece));
        for (var come = 0; come < size;)
        {
            if (come == elements.Length)
            {
                elements = FixedWidth.Grow(elements, (int)Math.Min(size, elements.Length * 2L));
            }

            var count = Math.Min(perPiece, elements.Length - come);
            var bytes = count * (long)type.ItemSize;
            var items = bytes <= PickleInput.BufferSize ? _input.ReadSpan((int)bytes) : _input.ReadBytes(bytes);
            if (!FixedWidth.TryRead(type, items, elements, come))
            {
                throw Fail("The joblib file is malformed: a text of an array holds what is no code point");
            }

            come += count;
        }

        return elements;
    }

    /// <summary>
    /// Objects are no bytes: the array itself follows as a pickle of its own, with its own memo. joblib reads it with the plain unpickler,
    /// for which wrappers are objects like any other, so this nests once and no deeper.
    /// </summary>
    private void FillFromNestedPickle(NdArray array, int[] shape)
    {
        var nested = new PickleMachine(_input, _budget, _names, _warnings, isJoblib: false);
        if (nested.Run() is not NdArray { IsUnfilled: false } inner || !inner.Shape.SequenceEqual(shape))
        {
            throw Fail($"The joblib file is malformed: an array of objects is followed by something else");
        }

        array.Fill(inner.Type, inner.Shape, inner.Data);
    }

    private PickleException RefuseSideFile(PyInstance wrapper, object? state)
    {
        var file = state is PyDict attributes && attributes.TryGetValue("filename", out var name) && TextOf(name) is { } text ? $"'{text}'" : "of its own";
        return Fail($"The file was written by joblib before 0.10 ({wrapper.Type.Name}), which keeps arrays in files beside it; one is in the file {file}. "
            + "Load it with that joblib and save it again with one of today");
    }
}
