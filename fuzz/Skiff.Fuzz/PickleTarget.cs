using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Fuzz;

/// <summary>The pickle reader: every input as a stream that can seek and as one that cannot, and then the whole graph is walked.</summary>
internal sealed class PickleTarget : IFuzzTarget
{
    private static readonly PickleOptions Options = new()
    {
        MaxOpcodes = 200_000,
        MaxMemoEntries = 100_000,
        MaxStackDepth = 100_000,
        MaxStringBytes = 1 << 20,
        MaxArrayBytes = 16 << 20,
        MaxTotalBytes = 64 << 20,
        MaxGraphBytes = 64 << 20,
        MaxInflatedBytes = 64 << 20,
        MaxDictionaryBytes = 8 << 20,
    };

    /// <inheritdoc/>
    public string Name => "pickle";

    /// <inheritdoc/>
    public string Corpus => "tests/Skiff.Pickle.Tests/Data";

    /// <inheritdoc/>
    public bool Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var seekable = TryRead(new MemoryStream(bytes, writable: false));
        var streamed = TryRead(new ForwardStream(bytes));

        // What a decoder makes of garbage behind its data depends on how much of it arrives at once; a plain pickle's verdict does not.
        if (seekable is null != streamed is null && (seekable ?? streamed)!.Container == PickleContainer.None)
        {
            throw new InvalidOperationException("A stream that can seek and one that cannot are judged differently.");
        }

        Walk(seekable?.Root);
        Walk(streamed?.Root);
        return seekable is not null;
    }

    private static PickleDocument? TryRead(Stream stream)
    {
        try
        {
            return PickleReader.Read(stream, Options);
        }
        catch (PickleException)
        {
            return null;
        }
    }

    private static void Walk(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>();
        open.Push(root);
        while (open.TryPop(out var value))
        {
            if (value is null || (!value.GetType().IsValueType && !seen.Add(value)))
            {
                continue;
            }

            foreach (var child in Children(value))
            {
                open.Push(child);
            }

            _ = ScipySparse.TryReadCsr(value, out _, out _);
            _ = PandasIndex.TryRead(value, out _);
        }
    }

    private static IEnumerable<object?> Children(object value) => value switch
    {
        PyTuple tuple => tuple.Items,
        PyList list => list.Items,
        PySet set => set.Items,
        PyDict dict => dict.Entries.SelectMany(e => new[] { e.Key, e.Value }),
        PyInstance instance => [.. instance.Arguments, instance.Callee, instance.Keywords, instance.State, instance.Entries, .. instance.Items ?? []],
        NdArray { Type.Kind: DTypeKind.Object } array => (object?[])array.Data,
        NdArray array => Touch(array),
        bool or long or double or string or byte[] or PyGlobal or DType or sbyte or byte or short or ushort or int or uint or ulong or float or Half => [],
        System.Numerics.BigInteger or System.Numerics.Complex => [],
        _ => throw new InvalidOperationException($"A graph holds a {value.GetType()}."),
    };

    private static object?[] Touch(NdArray array)
    {
        if (array.IsNumeric)
        {
            _ = array.ToDoubles();
        }

        foreach (var field in array.Type.Fields)
        {
            _ = array.TryGetField(field.Name, out _);
        }

        return [];
    }

    /// <summary>Gives odd pieces and cannot seek.</summary>
    private sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
