namespace Skiff.Python.Interpreter;

/// <summary>The body of something built in. Arguments stand where the signature says; what was not given is unbound.</summary>
internal delegate PyValue BuiltinBody(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args);

/// <summary>A function or method that is built in, with the signature its arguments are bound to.</summary>
internal sealed class PyBuiltin : PyObject
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="signature">Parameter names, comma separated: <c>?</c> after a name makes it optional, <c>*</c> alone begins the
    /// keyword-only ones, <c>*args</c> takes the rest (which then follows the keyword-only ones), <c>/</c> at the start allows no keywords but for the keyword-only ones.</param>
    /// <param name="body">What it does.</param>
    public PyBuiltin(string name, string signature, BuiltinBody body)
        : base(PyKind.Builtin)
    {
        Name = name;
        Body = body;
        var names = new List<string>();
        var positional = -1;
        foreach (var part in signature.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "/")
            {
                PositionalOnly = true;
            }
            else if (part == "*")
            {
                positional = names.Count;
            }
            else if (part == "*args")
            {
                positional = positional < 0 ? names.Count : positional;
                TakesRest = true;
            }
            else if (part == "**kwargs")
            {
                TakesKeywords = true;
            }
            else
            {
                var optional = part.EndsWith('?');
                if (!optional)
                {
                    Required = names.Count + 1;
                }

                names.Add(optional ? part[..^1] : part);
            }
        }

        Names = [.. names];
        Positional = positional < 0 ? names.Count : positional;
    }

    public string Name { get; }

    public string[] Names { get; }

    /// <summary>How many parameters positional arguments may fill.</summary>
    public int Positional { get; }

    public int Required { get; }

    public bool TakesRest { get; }

    /// <summary>Keywords that match no parameter are handed over as a dict after the parameters.</summary>
    public bool TakesKeywords { get; }

    public bool PositionalOnly { get; }

    public BuiltinBody Body { get; }
}

/// <summary>A method together with what it is a method of, when it is not called at once.</summary>
internal sealed class PyBoundMethod(PyValue self, PyBuiltin method) : PyObject(PyKind.BoundMethod)
{
    public readonly PyValue Self = self;
    public readonly PyBuiltin Method = method;
}

/// <summary>A function of the file: its code and what it shares with the functions around it.</summary>
internal sealed class PyClosure(FunctionCode code, PyValue[] defaults, PyCell[] cells) : PyObject(PyKind.Function)
{
    public readonly FunctionCode Code = code;
    public readonly PyValue[] Defaults = defaults;
    public readonly PyCell[] Cells = cells;
}

/// <summary>functools.partial.</summary>
internal sealed class PyPartial(PyValue callable, PyValue[] args, string[] names, PyValue[] values) : PyObject(PyKind.Partial)
{
    public readonly PyValue Callable = callable;
    public readonly PyValue[] Args = args;
    public readonly string[] Names = names;
    public readonly PyValue[] Values = values;
}

/// <summary>A module that may be imported.</summary>
internal sealed class PyModuleValue(string name, Dictionary<string, PyValue> members) : PyObject(PyKind.Module)
{
    public readonly string Name = name;
    public readonly Dictionary<string, PyValue> Members = members;
}

/// <summary>A class: it makes values, and isinstance asks about it.</summary>
internal sealed class PyTypeValue(string name, PyKind[] kinds, PyBuiltin? constructor, PyExceptionType? exception = null) : PyObject(PyKind.Type)
{
    public readonly string Name = name;
    public readonly PyKind[] Kinds = kinds;
    public readonly PyBuiltin? Constructor = constructor;
    public readonly PyExceptionType? Exception = exception;

    /// <summary>Functions that are called on the class: <c>str.maketrans</c>, <c>dict.fromkeys</c>.</summary>
    public Dictionary<string, PyValue> Statics { get; } = [];
}
