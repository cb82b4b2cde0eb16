namespace Skiff.Python.Interpreter;

/// <summary>What Python says when a call has too many or too few arguments.</summary>
internal static class Arity
{
    public static string TooMany(PyBuiltin builtin, int given)
    {
        var most = builtin.Positional;
        if (most == 0)
        {
            return $"{builtin.Name}() takes no arguments ({given} given)";
        }

        return builtin.Required == most
            ? $"{builtin.Name}() takes exactly {Count(most)} ({given} given)"
            : $"{builtin.Name}() takes at most {most} argument{(most == 1 ? "" : "s")} ({given} given)";
    }

    public static string TooFew(PyBuiltin builtin, int given, int missing)
    {
        if (builtin.Required == builtin.Positional && !builtin.TakesRest && builtin.PositionalOnly)
        {
            return $"{builtin.Name}() takes exactly {Count(builtin.Required)} ({given} given)";
        }

        if (!builtin.PositionalOnly && builtin.Required > 1 && builtin.Required < builtin.Positional)
        {
            return $"{builtin.Name}() takes at least {builtin.Required} positional arguments ({given} given)";
        }

        return builtin.PositionalOnly
            ? $"{builtin.Name} expected at least {builtin.Required} argument{(builtin.Required == 1 ? "" : "s")}, got {given}"
            : $"{builtin.Name}() missing required argument '{builtin.Names[missing]}' (pos {missing + 1})";
    }

    public static string TooMany(PyClosure closure, int given)
    {
        var code = closure.Code;
        var optional = closure.Defaults.AsSpan(0, Math.Min(code.Positional, closure.Defaults.Length)).ToArray().Count(d => !d.IsUnbound);
        var takes = optional > 0 ? $"from {code.Positional - optional} to {code.Positional}" : $"{code.Positional}";
        return $"{code.QualifiedName}() takes {takes} positional argument{(code.Positional == 1 && optional == 0 ? "" : "s")} but {given} {(given == 1 ? "was" : "were")} given";
    }

    public static string Missing(PyClosure closure, Frame frame)
    {
        var code = closure.Code;
        var keywordOnly = true;
        var missing = new List<string>();
        for (var i = 0; i < code.Named; i++)
        {
            if (!frame.Slots[i].IsUnbound || (closure.Defaults.Length > i && !closure.Defaults[i].IsUnbound))
            {
                continue;
            }

            if (i < code.Positional)
            {
                keywordOnly = false;
            }
            else if (!keywordOnly)
            {
                break;
            }

            missing.Add($"'{code.Parameters[i]}'");
        }

        var names = missing.Count switch
        {
            1 => missing[0],
            2 => $"{missing[0]} and {missing[1]}",
            _ => $"{string.Join(", ", missing[..^1])}, and {missing[^1]}",
        };
        return $"{code.QualifiedName}() missing {missing.Count} required {(keywordOnly ? "keyword-only" : "positional")} argument{(missing.Count == 1 ? "" : "s")}: {names}";
    }

    private static string Count(int count) => count == 1 ? "one argument" : $"{count} arguments";
}
