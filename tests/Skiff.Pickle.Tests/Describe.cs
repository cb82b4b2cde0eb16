using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Skiff.Numerics;

namespace Skiff.Pickle.Tests;

/// <summary>Says what a graph is in the words of <c>tools/pickle/write_fixtures.py</c>, so that the two can be compared.</summary>
internal static class Describe
{
    public static JsonNode? Value(object? value) => value switch
    {
        null => null,
        bool b => Node("b", b),
        long i => Node("i", i.ToString(CultureInfo.InvariantCulture)),
        BigInteger i => Node("i", i.ToString(CultureInfo.InvariantCulture)),
        double f => Node("f", Bits(f)),
        string s => Node("s", Convert.ToHexStringLower(CodeUnits(s))),
        byte[] y => Node("y", Convert.ToHexStringLower(y)),
        Complex c => Node("c", Bits(c.Real), Bits(c.Imaginary)),
        PyTuple t => Node("t", Values(t.Items)),
        PyList l => Node("l", Values(l.Items)),
        PySet e => Node("e", e.IsFrozen, Values(e.Items)),
        PyDict d => Node("d", Entries(d)),
        PyGlobal g => Node("g", Modern(g)),
        PyInstance o => Node("o", Modern(o.Type), Values(o.Items ?? []), Entries(o.Entries is { Count: > 0 } entries ? entries : o.Attributes)),
        DType t => Node("dtype", t.ToString()),
        NdArray a => Array(a),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    public static string Bits(double value) => double.IsNaN(value) ? "nan" : BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>A value that was a numpy scalar, by the .NET type it came as.</summary>
    public static JsonNode? Scalar(object? value) => value switch
    {
        bool => Node("n", "bool", Value(value)),
        sbyte x => Node("n", "int8", Value((long)x)),
        byte x => Node("n", "uint8", Value((long)x)),
        short x => Node("n", "int16", Value((long)x)),
        ushort x => Node("n", "uint16", Value((long)x)),
        int x => Node("n", "int32", Value((long)x)),
        uint x => Node("n", "uint32", Value((long)x)),
        long => Node("n", "int64", Value(value)),
        ulong x => Node("n", "uint64", Value((long)x)),
        Half x => Node("n", "float16", Value((double)x)),
        float x => Node("n", "float32", Value((double)x)),
        double => Node("n", "float64", Value(value)),
        Complex => Node("n", "complex", Value(value)),
        string => Node("n", "U", Value(value)),
        byte[] => Node("n", "S", Value(value)),
        _ => Value(value),
    };

    private static JsonArray Array(NdArray array)
    {
        var shape = new JsonArray([.. array.Shape.ToArray().Select(n => (JsonNode)n)]);
        if (array.Type.Fields.Count > 0)
        {
            return Node("r", shape, new JsonArray([.. array.Type.Fields.Select(f => (JsonNode)Node(f.Name, Array(array.Field(f.Name))))]));
        }

        var items = array.Type.Kind switch
        {
            DTypeKind.LongDouble => array.ToDoubles().Select(x => Value(x)),
            DTypeKind.UInt64 => ((ulong[])array.Data).Select(x => Value(new BigInteger(x))),
            DTypeKind.Float16 or DTypeKind.Float32 or DTypeKind.Float64 => array.ToDoubles().Select(x => Value(x)),
            DTypeKind.Bool or DTypeKind.Object => array.Data.Cast<object?>().Select(Value),
            DTypeKind.DateTime64 or DTypeKind.TimeDelta64 => ((long[])array.Data).Select(x => Value(x)),
            _ when array.IsNumeric => array.ToInt64s().Select(x => Value(x)),
            _ => array.Data.Cast<object?>().Select(Value),
        };
        return Node("a", array.Type.ToString(), shape, new JsonArray([.. items.Take(array.Size > 100 ? 50 : int.MaxValue)]));
    }

    private static string Modern(PyGlobal global) =>
        (global.Module == "__builtin__" ? global with { Module = "builtins" } : global).ToString();

    private static byte[] CodeUnits(string text) => [.. text.SelectMany(c => new[] { (byte)(c >> 8), (byte)c })];

    private static JsonArray Entries(PyDict dict) => new([.. dict.Entries.Select(e => (JsonNode)Node(Value(e.Key), Value(e.Value)))]);

    private static JsonArray Values(IEnumerable<object?> values) => new([.. values.Select(Value)]);

    private static JsonArray Node(params JsonNode?[] parts) => new(parts);
}
