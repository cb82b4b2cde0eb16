using Skiff.Numerics;

namespace Skiff.Pickle;

/// <summary>A value that is still becoming what it will be; when the pickle has been read, each that the graph still holds gives way to it.</summary>
internal abstract class Placeholder
{
    /// <summary>What it became.</summary>
    public abstract object? Resolve();
}

/// <summary>A numpy dtype between the call that makes it and the state that says what it is.</summary>
/// <param name="call">The call, for a type that nothing here can hold.</param>
/// <param name="value">The type so far.</param>
internal sealed class DTypeShell(PyInstance call, DType? value) : Placeholder
{
    /// <summary>The call as a record.</summary>
    public PyInstance Call { get; } = call;

    /// <summary>The type, or null where no array can have it.</summary>
    public DType? Value { get; private set; } = value;

    /// <summary>Whether the state has been set; it is set once, so that no array's type changes under it.</summary>
    public bool IsBuilt { get; private set; }

    /// <summary>Sets the state.</summary>
    public void Build(DType? value)
    {
        Value = value;
        IsBuilt = true;
    }

    /// <inheritdoc/>
    public override object? Resolve() => Value is null ? Call : Value;
}

/// <summary>
/// A large byte string. Most are the elements of one array and are never asked for again, though the pickle remembers them: once an array
/// has taken them over, this refers to the array's memory, and the bytes themselves are let go.
/// </summary>
internal sealed class ByteString(byte[] bytes) : Placeholder
{
    private Array _memory = bytes;

    /// <summary>From how many bytes on it is worth the while.</summary>
    public const int Threshold = 4096;

    /// <summary>The bytes.</summary>
    public byte[] Bytes
    {
        get
        {
            if (_memory is not byte[] bytes)
            {
                bytes = TypedMemory.Bytes(_memory, 0, Length).ToArray();
                _memory = bytes;
            }

            return bytes;
        }
    }

    /// <summary>How many.</summary>
    public int Length { get; } = bytes.Length;

    /// <summary>Refers to memory with the same bytes from now on.</summary>
    public void GiveWayTo(Array memory) => _memory = memory;

    /// <inheritdoc/>
    public override object Resolve() => Bytes;
}
