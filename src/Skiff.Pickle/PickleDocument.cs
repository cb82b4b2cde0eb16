namespace Skiff.Pickle;

/// <summary>A name that a file refers to.</summary>
/// <param name="Global">The name.</param>
/// <param name="Offset">The byte offset in the (inflated) stream where it stands first.</param>
/// <param name="Count">How many times the file spells it out; later references by number are not counted.</param>
public sealed record PickleName(PyGlobal Global, long Offset, int Count);

/// <summary>What a file holds, read inertly: nothing was looked up, nothing was called.</summary>
public sealed class PickleDocument
{
    internal PickleDocument(object? root)
    {
        Root = root;
    }

    /// <summary>
    /// The value: null, <see cref="bool"/>, <see cref="long"/>, <see cref="System.Numerics.BigInteger"/> (integers beyond 64 bits),
    /// <see cref="double"/>, <see cref="string"/> (lone surrogates kept), <c>byte[]</c>, <see cref="System.Numerics.Complex"/>,
    /// <see cref="PyTuple"/>, <see cref="PyList"/>, <see cref="PyDict"/>, <see cref="PySet"/>, <see cref="PyGlobal"/>,
    /// <see cref="PyInstance"/>, <see cref="Numerics.NdArray"/> or <see cref="Numerics.DType"/>; numpy scalars are boxed primitives of their
    /// own width. A value may refer to itself, directly or in a circle; no way through it from value to value is longer than
    /// <see cref="PickleOptions.MaxDepth"/> before it ends or meets a value it came through.
    /// </summary>
    public object? Root { get; }

    /// <summary>The protocol the file announces; 0 where it announces none (protocols 0 and 1).</summary>
    public int Protocol { get; internal init; }

    /// <summary>What the pickle was wrapped in.</summary>
    public PickleContainer Container { get; internal init; }

    /// <summary>The bytes of the pickle, after inflating, up to its end.</summary>
    public long Length { get; internal init; }

    /// <summary>Every Python name that the file refers to, in the order of their first places.</summary>
    public IReadOnlyList<PickleName> Names { get; internal init; } = [];

    /// <summary>What was met that is odd but no reason to refuse the file.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];
}
