using System.Collections.Frozen;

namespace Skiff.Python.Interpreter;

/// <summary>What a name means where the file does not define it.</summary>
internal static class BuiltinNames
{
    private static readonly FrozenDictionary<string, PyValue> Supported = Build().ToFrozenDictionary();

    private static readonly FrozenSet<string> Unsupported = new[]
    {
        "aiter", "anext", "breakpoint", "bytearray", "classmethod", "compile", "complex", "copyright", "credits", "delattr", "dir", "eval", "exec", "exit",
        "getattr", "globals", "hasattr", "help", "input", "license", "locals", "memoryview", "open", "property", "quit", "setattr", "staticmethod",
        "super", "vars", "NotImplemented",
    }.ToFrozenSet();

    public static PyValue Find(string name) => Supported.GetValueOrDefault(name);

    public static bool IsUnsupported(string name) => Unsupported.Contains(name);

    private static Dictionary<string, PyValue> Build()
    {
        var names = new Dictionary<string, PyValue>();
        foreach (var function in BuiltinFunctions.All.Concat(IterationFunctions.All))
        {
            names.Add(function.Name, function);
        }

        foreach (var type in Types.Named)
        {
            names.Add(type.Name, type);
        }

        foreach (var type in PyExceptionType.Named)
        {
            names.Add(type.Name, Types.OfException(type));
        }

        names.Add("Ellipsis", new PyValue(PyTag.Ellipsis));
        names.Add("IOError", Types.OfException(PyExceptionType.OSError));
        names.Add("EnvironmentError", Types.OfException(PyExceptionType.OSError));
        return names;
    }
}
