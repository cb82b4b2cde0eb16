namespace Skiff.Server;

/// <summary>How the cells of a tensor are judged and rounded.</summary>
internal enum TensorKind : byte
{
    Boolean,
    Integer,
    Half,
    Single,
    Double,
    Bytes,
}

/// <summary>A datatype of the open inference protocol.</summary>
/// <param name="Kind">What its cells are.</param>
/// <param name="Minimum">The smallest integer.</param>
/// <param name="Maximum">The largest integer.</param>
internal readonly record struct TensorType(TensorKind Kind, double Minimum = 0, double Maximum = 0)
{
    internal const string Known = "BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64, BYTES";

    private static readonly (byte[] Name, TensorType Type)[] All =
    [
        ("FP64"u8.ToArray(), new TensorType(TensorKind.Double)),
        ("FP32"u8.ToArray(), new TensorType(TensorKind.Single)),
        ("BYTES"u8.ToArray(), new TensorType(TensorKind.Bytes)),
        ("INT64"u8.ToArray(), new TensorType(TensorKind.Integer, long.MinValue, long.MaxValue)),
        ("INT32"u8.ToArray(), new TensorType(TensorKind.Integer, int.MinValue, int.MaxValue)),
        ("INT16"u8.ToArray(), new TensorType(TensorKind.Integer, short.MinValue, short.MaxValue)),
        ("INT8"u8.ToArray(), new TensorType(TensorKind.Integer, sbyte.MinValue, sbyte.MaxValue)),
        ("UINT64"u8.ToArray(), new TensorType(TensorKind.Integer, 0, ulong.MaxValue)),
        ("UINT32"u8.ToArray(), new TensorType(TensorKind.Integer, 0, uint.MaxValue)),
        ("UINT16"u8.ToArray(), new TensorType(TensorKind.Integer, 0, ushort.MaxValue)),
        ("UINT8"u8.ToArray(), new TensorType(TensorKind.Integer, 0, byte.MaxValue)),
        ("BOOL"u8.ToArray(), new TensorType(TensorKind.Boolean)),
        ("FP16"u8.ToArray(), new TensorType(TensorKind.Half)),
    ];

    /// <summary>Reads a datatype's name.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> name, out TensorType type)
    {
        foreach (var (known, candidate) in All)
        {
            if (name.SequenceEqual(known))
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}
