namespace Skiff.Python.Interpreter;

/// <summary>What Python calls the class of a value.</summary>
internal static class TypeNames
{
    public static string Of(PyValue value) => value.Obj switch
    {
        PyIterator iterator => iterator.TypeName,
        PyDict dict => dict.Flavor switch
        {
            PyDictFlavor.OrderedDict => "collections.OrderedDict",
            PyDictFlavor.DefaultDict => "collections.defaultdict",
            PyDictFlavor.Counter => "Counter",
            _ => "dict",
        },
        PyDictView view => view.What switch
        {
            PyDictViewKind.Keys => "dict_keys",
            PyDictViewKind.Values => "dict_values",
            _ => "dict_items",
        },
        PyExceptionValue exception => exception.Type.Name,
        PyColumn column => column.ColumnKind == PyColumnKind.Series ? "Series" : "numpy.ndarray",
        PyArray array => array.IsSeries ? "Series" : "numpy.ndarray",
        PyFrame => "DataFrame",
        _ => Of(value.Kind),
    };

    public static string Of(PyKind kind) => kind switch
    {
        PyKind.None => "NoneType",
        PyKind.Ellipsis => "ellipsis",
        PyKind.Bool => "bool",
        PyKind.Int or PyKind.BigInt => "int",
        PyKind.Float => "float",
        PyKind.Str => "str",
        PyKind.Bytes => "bytes",
        PyKind.List => "list",
        PyKind.Tuple => "tuple",
        PyKind.Dict => "dict",
        PyKind.Set => "set",
        PyKind.FrozenSet => "frozenset",
        PyKind.Range => "range",
        PyKind.Slice => "slice",
        PyKind.Function => "function",
        PyKind.Builtin or PyKind.BoundMethod => "builtin_function_or_method",
        PyKind.Module => "module",
        PyKind.Type => "type",
        PyKind.Pattern => "re.Pattern",
        PyKind.Match => "re.Match",
        PyKind.Partial => "functools.partial",
        PyKind.Accessor => "StringMethods",
        _ => "object",
    };
}
