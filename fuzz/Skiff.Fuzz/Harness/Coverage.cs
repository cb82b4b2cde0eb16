using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Skiff.Fuzz;

/// <summary>
/// Which branches an input took, where the assemblies were instrumented by <c>sharpfuzz</c>: each branch counts in a byte of a table of 64 KiB. Told apart
/// are counts of 1, 2, 3, 4, 8, 16, 32 and 128, as AFL does it.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly ulong* _table;
    private readonly byte[] _seen = new byte[Size];
    private readonly byte[] _classes = new byte[256];

    public Coverage()
    {
        _table = (ulong*)NativeMemory.AlignedAlloc(Size, 64);
        for (var count = 1; count < _classes.Length; count++)
        {
            _classes[count] = (byte)(count <= 3 ? 1 << (count - 1) : count < 8 ? 8 : count < 16 ? 16 : count < 32 ? 32 : count < 128 ? 64 : 128);
        }

        Trace.SharedMem = (byte*)_table;
        Begin();
    }

    /// <summary>How many branches were taken by any input.</summary>
    public int Branches { get; private set; }

    /// <summary>Forgets the last input.</summary>
    public void Begin()
    {
        new Span<byte>(_table, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the input since <see cref="Begin"/> took a branch, or took one so often, as none before it.</summary>
    public bool IsNew()
    {
        var isNew = false;
        for (var i = 0; i < Size / sizeof(ulong); i += Vector<ulong>.Count)
        {
            if (*(Vector<ulong>*)(_table + i) != Vector<ulong>.Zero)
            {
                isNew |= Mark(i * sizeof(ulong), Vector<byte>.Count);
            }
        }

        return isNew;
    }

    private bool Mark(int start, int count)
    {
        var isNew = false;
        var bytes = (byte*)_table;
        for (var at = start; at < start + count; at++)
        {
            var kind = _classes[bytes[at]];
            if ((kind & ~_seen[at]) != 0)
            {
                Branches += _seen[at] == 0 ? 1 : 0;
                _seen[at] |= kind;
                isNew = true;
            }
        }

        return isNew;
    }
}
