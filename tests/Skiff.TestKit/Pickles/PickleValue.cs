using System.Runtime.InteropServices;

namespace Skiff.TestKit.Pickles;

/// <summary>A name of Python: <c>module.name</c>.</summary>
public sealed record PickleName(string Module, string Name);

/// <summary>A call, or an object made without one, and the state that is set on it.</summary>
public sealed record PickleCall(object Callee, object?[] Arguments, object? State = null, bool IsNew = false);

/// <summary>A value that is written once; wherever it stands again, the pickle refers to it.</summary>
public sealed class PickleShared(object? value)
{
    /// <summary>The value.</summary>
    public object? Value { get; } = value;
}

/// <summary>Makes values for <see cref="PickleAssembler"/>: calls, objects, numpy's arrays.</summary>
public static class PickleValue
{
    /// <summary>A call of a name.</summary>
    public static PickleCall Call(string module, string name, params object?[] arguments) => new(new PickleName(module, name), arguments);

    /// <summary>An object with attributes.</summary>
    public static PickleCall Object(string module, string name, params (string Name, object? Value)[] attributes) =>
        new(new PickleName(module, name), [], attributes.ToDictionary(a => a.Name, a => a.Value), IsNew: true);

    /// <summary>An array of float64.</summary>
    public static PickleCall Numbers(int[] shape, params double[] values) => Array(Type("f8", "<"), shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>An array of int64 in one dimension.</summary>
    public static PickleCall Integers(params long[] values) => Array(Type("i8", "<"), [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>An array of int32 in one dimension.</summary>
    public static PickleCall Counts(params int[] values) => Array(Type("i4", "<"), [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>An array of objects in one dimension.</summary>
    public static PickleCall Objects(params object?[] values) => Array(Type("O8", "|"), [values.Length], new List<object?>(values));

    /// <summary>An array of any type and shape, whatever its elements are.</summary>
    public static PickleCall Array(object type, int[] shape, object? elements) => new(
        new PickleName("numpy.core.multiarray", "_reconstruct"),
        [new PickleName("numpy", "ndarray"), new object?[] { 0 }, "b"u8.ToArray()],
        new object?[] { 1, shape.Cast<object?>().ToArray(), type, false, elements });

    /// <summary>A plain dtype.</summary>
    public static PickleCall Type(string code, string order) => new(
        new PickleName("numpy", "dtype"),
        [code, false, true],
        new object?[] { 3, order, null, null, null, -1, -1, code[0] == 'O' ? 63 : 0 });

    /// <summary>A dtype of named fields, one after the other.</summary>
    public static PickleCall Record(params (string Name, string Code)[] fields)
    {
        var offset = 0;
        var places = new Dictionary<string, object?>();
        foreach (var (name, code) in fields)
        {
            places[name] = new object?[] { Type(code, code.EndsWith('1') ? "|" : "<"), offset };
            offset += code[^1] - '0';
        }

        return new PickleCall(
            new PickleName("numpy", "dtype"),
            [$"V{offset}", false, true],
            new object?[] { 3, "|", null, fields.Select(field => (object?)field.Name).ToArray(), places, offset, 1, 16 });
    }

    /// <summary>An array as joblib writes it: a wrapper, and right after it what is given as its bytes.</summary>
    public static Action<PickleAssembler> Joblib(string code, int[] shape, byte[] following) => pickle => pickle
        .Value(Object(
            "joblib.numpy_pickle",
            "NumpyArrayWrapper",
            ("subclass", new PickleName("numpy", "ndarray")),
            ("shape", shape.Cast<object?>().ToArray()),
            ("order", "C"),
            ("dtype", Type(code, code[0] == 'O' ? "|" : "<")),
            ("allow_mmap", false)))
        .Raw(following);
}
