namespace Skiff.Python.Interpreter;

/// <summary>The methods of every kind of value, found by name once, when a call is parsed.</summary>
internal static class MethodTable
{
    private static readonly PyBuiltin?[] Unknown = new PyBuiltin?[(int)PyKind.Count];
    private static readonly Dictionary<string, PyBuiltin?[]> Methods = Build();

    /// <summary>For each kind, its method of that name.</summary>
    public static PyBuiltin?[] Named(string name) => Methods.GetValueOrDefault(name, Unknown);

    public static PyBuiltin? Find(PyKind kind, string name) => Named(name)[(int)kind];

    public static bool IsKnown(string name) => Methods.ContainsKey(name);

    private static Dictionary<string, PyBuiltin?[]> Build()
    {
        var table = new Dictionary<string, PyBuiltin?[]>();
        Add(table, StrMethods.All, PyKind.Str);
        Add(table, StrSearchMethods.All, PyKind.Str);
        Add(table, StrSplitMethods.All, PyKind.Str);
        Add(table, BytesMethods.All, PyKind.Bytes);
        Add(table, ListMethods.All, PyKind.List);
        Add(table, ListMethods.Sequence, PyKind.Tuple, PyKind.Range);
        Add(table, DictMethods.All, PyKind.Dict);
        Add(table, SetMethods.Shared, PyKind.Set, PyKind.FrozenSet);
        Add(table, SetMethods.Mutable, PyKind.Set);
        Add(table, NumberMethods.Integers, PyKind.Int, PyKind.Bool, PyKind.BigInt);
        Add(table, NumberMethods.Floats, PyKind.Float);
        Add(table, ReModule.PatternMethods, PyKind.Pattern);
        Add(table, MatchMethods.All, PyKind.Match);
        Add(table, ColumnMethods.All, PyKind.Column);
        Add(table, ArrayMethods.Shared, PyKind.Array, PyKind.Frame);
        Add(table, ArrayMethods.OfArrays, PyKind.Array);
        Add(table, ArrayMethods.OfFrames, PyKind.Frame);
        Add(table, AccessorMethods.All, PyKind.Accessor);
        return table;
    }

    private static void Add(Dictionary<string, PyBuiltin?[]> table, PyBuiltin[] methods, params ReadOnlySpan<PyKind> kinds)
    {
        foreach (var method in methods)
        {
            var name = method.Name[(method.Name.LastIndexOf('.') + 1)..];
            if (!table.TryGetValue(name, out var byKind))
            {
                table.Add(name, byKind = new PyBuiltin?[(int)PyKind.Count]);
            }

            foreach (var kind in kinds)
            {
                byKind[(int)kind] = method;
            }
        }
    }
}
