using System.Collections.Frozen;

namespace Skiff.Python.Interpreter;

/// <summary>Attributes that are looked up while a function runs.</summary>
internal static class Attributes
{
    private static readonly FrozenSet<string> Data = new[]
    {
        "args", "pattern", "flags", "groups", "groupindex", "string", "re", "pos", "endpos", "lastindex", "lastgroup", "str", "values", "real", "imag",
        "numerator", "denominator", "start", "stop", "step", "size", "shape", "default_factory", "func", "keywords", "msg", "reason", "object", "encoding",
        "columns", "iloc", "loc", "ndim", "maketrans", "fromkeys", "fromhex", "from_iterable", "char",
    }.ToFrozenSet();

    /// <summary>Whether anything that can be met has an attribute of that name.</summary>
    public static bool IsKnown(string name) => Data.Contains(name) || MethodTable.IsKnown(name) || ModuleTable.HasMember(name);

    public static PyValue Get(PyContext ctx, PyValue target, string name)
    {
        ctx.Step();
        var value = target.Obj switch
        {
            PyModuleValue module => module.Members.GetValueOrDefault(name),
            PyTypeValue type => OfType(type, name),
            PyExceptionValue exception when name == "args" => new PyTuple(exception.Args),
            PyPatternValue pattern => MatchMethods.Attribute(ctx, pattern, name),
            PyMatchValue match => MatchMethods.Attribute(ctx, match, name),
            PyColumn column => ColumnMethods.Attribute(column, name),
            PyArray or PyFrame => ArrayMethods.Attribute(ctx, target.Obj, name),
            PyRange range => name switch
            {
                "start" => PyValue.Of(range.Start),
                "stop" => PyValue.Of(range.Stop),
                "step" => PyValue.Of(range.Step),
                _ => default,
            },
            PySlice slice => name switch
            {
                "start" => slice.Start,
                "stop" => slice.Stop,
                "step" => slice.Step,
                _ => default,
            },
            PyDict { Flavor: PyDictFlavor.DefaultDict } dict when name == "default_factory" => dict.Factory,
            PyTag or PyBigInt when Numbers.IsNumber(target) => name switch
            {
                "real" or "numerator" => target,
                "imag" => PyValue.Of(0),
                "denominator" => PyValue.Of(1),
                _ => default,
            },
            _ => default,
        };
        if (!value.IsUnbound)
        {
            return value;
        }

        if (MethodTable.Find(target.Kind, name) is { } method)
        {
            ctx.Charge(40);
            return new PyBoundMethod(target, method);
        }

        throw ctx.Error(PyExceptionType.AttributeError, target.Obj is PyModuleValue missing
            ? $"module '{missing.Name}' has no attribute '{name}'"
            : target.Obj is PyTypeValue typed
                ? $"type object '{typed.Name}' has no attribute '{name}'"
                : $"'{TypeNames.Of(target)}' object has no attribute '{name}'");
    }

    /// <summary><c>str.lower</c>: the method as a function of its first argument.</summary>
    private static PyValue OfType(PyTypeValue type, string name)
    {
        if (type.Statics.TryGetValue(name, out var value))
        {
            return value;
        }

        if (type.Kinds.Length == 0 || MethodTable.Find(type.Kinds[0], name) is not { } method)
        {
            return default;
        }

        return new PyBuiltin(name, "*args,**kwargs", (ctx, _, args) =>
        {
            if (args.Length < 2 || Array.IndexOf(type.Kinds, args[1].Kind) < 0)
            {
                throw ctx.TypeError(args.Length < 2
                    ? $"unbound method {type.Name}.{name}() needs an argument"
                    : $"descriptor '{name}' for '{type.Name}' objects doesn't apply to a '{TypeNames.Of(args[1])}' object");
            }

            var (names, values) = Keywords((PyDict)args[0].Obj!);
            return Caller.CallBuiltin(ctx, method, args[1], args[2..], names, values);
        });
    }

    public static (string[] Names, PyValue[] Values) Keywords(PyDict dict)
    {
        if (dict.Count == 0)
        {
            return ([], []);
        }

        var names = new List<string>();
        var values = new List<PyValue>();
        for (var at = 0; dict.Next(ref at, out var key, out var value);)
        {
            names.Add(key.Obj!.ToString()!);
            values.Add(value);
        }

        return ([.. names], [.. values]);
    }
}
