using System.Buffers.Binary;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>
/// The nodes of a scikit-learn tree where they lie in the file's array, as 64-bit machines write them. Taken apart into columns first, the nodes of a large forest
/// would need half of the file's memory once more.
/// </summary>
internal readonly struct NodeRecords : ITreeNodes<float>
{
    private readonly byte[] _records;
    private readonly int _size;
    private readonly int _left;
    private readonly int _right;
    private readonly int _feature;
    private readonly int _threshold;
    private readonly int _missingLeft;

    private NodeRecords(NdArray records, int left, int right, int feature, int threshold, int missingLeft)
    {
        _records = (byte[])records.Data;
        _size = records.Type.ItemSize;
        Count = records.Size;
        (_left, _right, _feature, _threshold, _missingLeft) = (left, right, feature, threshold, missingLeft);
    }

    public int Count { get; }

    public bool HasMissing => _missingLeft >= 0;

    /// <summary>Takes an array of records; null where its fields are missing or of other types, which the reader by columns knows more of.</summary>
    /// <param name="records">The array.</param>
    /// <param name="withMissing">Whether to look at where missing values go.</param>
    public static NodeRecords? Of(NdArray records, bool withMissing)
    {
        var fields = records.Type.Fields;
        int Offset(string name, DTypeKind kind) => fields.FirstOrDefault(f => f.Name == name) is { Type: { BigEndian: false } type } field && type.Kind == kind ? field.Offset : -1;

        var missing = withMissing && fields.Any(f => f.Name == "missing_go_to_left") ? Offset("missing_go_to_left", DTypeKind.UInt8) : -2;
        var left = Offset("left_child", DTypeKind.Int64);
        var right = Offset("right_child", DTypeKind.Int64);
        var feature = Offset("feature", DTypeKind.Int64);
        var threshold = Offset("threshold", DTypeKind.Float64);
        return records.Data is byte[] && left >= 0 && right >= 0 && feature >= 0 && threshold >= 0 && missing != -1
            ? new NodeRecords(records, left, right, feature, threshold, missing)
            : null;
    }

    public int Left(int node) => Integer(node, _left);

    public int Right(int node) => Integer(node, _right);

    public int Feature(int node) => Integer(node, _feature);

    public float Threshold(int node) => Thresholds.RoundDown(BinaryPrimitives.ReadDoubleLittleEndian(At(node, _threshold)));

    public bool MissingLeft(int node) => At(node, _missingLeft)[0] != 0;

    public CategorySet? Categories(int node) => null;

    // What does not fit into 32 bits is no node and no column either.
    private int Integer(int node, int offset) => (int)Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(At(node, offset)), int.MinValue, int.MaxValue);

    private ReadOnlySpan<byte> At(int node, int offset) => _records.AsSpan((node * _size) + offset);
}
