using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;
using Skiff.Python.Interpreter;

namespace Skiff.Sklearn;

/// <summary>
/// Finds the Python functions that a model names: registered from C#, scikit-learn's own, or as source beside the model. A file's text decides
/// which name is looked for, never which folder: a module name that is not made of identifiers names no file.
/// </summary>
/// <param name="source">The model's files, with the folders that are searched.</param>
/// <param name="options">Functions registered from C#, and budgets.</param>
internal sealed class FunctionLibrary(ModelSource source, SklearnOptions options)
{
    private static readonly string[] TextMethods =
        ["capitalize", "casefold", "lower", "lstrip", "rstrip", "split", "splitlines", "strip", "swapcase", "title", "upper"];

    /// <summary>Finds a function.</summary>
    /// <param name="name">Its module and name.</param>
    /// <param name="keywords">What it is called with besides the text, or null.</param>
    /// <exception cref="ModelLoadException">There is none, or its source is not of the subset that is interpreted.</exception>
    public NamedFunction Find(PyGlobal name, PyDict? keywords = null)
    {
        if (keywords is { Count: > 0 })
        {
            return FromSource(name, keywords);
        }

        return Registered(name) ?? BuiltinFunctions.Find(name) ?? FromSource(name, null);
    }

    /// <summary>A method of <c>str</c>, as <c>tokenizer=str.split</c> names one.</summary>
    /// <exception cref="ModelLoadException">It is no method that takes nothing but the text.</exception>
    public NamedFunction FindTextMethod(string method) => TextMethods.Contains(method)
        ? Interpret($"str.{method}", Utf8.GetBytes($"def call(text):\n    return text.{method}()\n"), "str", "call")
        : throw new ModelLoadException($"str.{method} is not a function of one text");

    private RegisteredFunction? Registered(PyGlobal name) =>
        options.Functions.TryGetValue(name.ToString(), out var function) ? new RegisteredFunction(name.ToString(), function) : null;

    private InterpretedFunction FromSource(PyGlobal name, PyDict? keywords)
    {
        var (file, function) = Locate(name);
        if (new FileInfo(file).Length > PyModule.MaximumSourceLength)
        {
            throw new ModelLoadException($"{name}: {file} is larger than {PyModule.MaximumSourceLength >> 20} MiB");
        }

        var code = File.ReadAllBytes(file);
        if (keywords is null)
        {
            return Interpret(name.ToString(), code, Path.GetFileName(file), function);
        }

        // The call with its keywords is one more function after the last line of the file.
        const string Wrapper = "call_with_keywords";
        byte[] call = [.. code, .. Utf8.GetBytes($"\n\ndef {Wrapper}(x):\n    return {function}(x, {Arguments(name, keywords)})\n")];
        return Interpret(name.ToString(), call, Path.GetFileName(file), Wrapper);
    }

    private InterpretedFunction Interpret(string name, byte[] code, string fileName, string function)
    {
        try
        {
            return new InterpretedFunction(name, PyModule.Load(code, fileName, function, options.FunctionBudget));
        }
        catch (PySourceException e)
        {
            throw new ModelLoadException($"{name}: {e.Message}", e);
        }
    }

    private static string Arguments(PyGlobal name, PyDict keywords) => string.Join(", ", keywords.Entries.Select(entry =>
        entry.Key is string key && IsModuleName(key) && PythonLiteral.Of(entry.Value) is { } value
            ? $"{key}={value}"
            : throw new ModelLoadException($"{name}: 'kw_args' holds {Describe.Value(entry.Value)}; texts, numbers, booleans, None and lists of them are possible")));

    private (string File, string Function) Locate(PyGlobal name)
    {
        if (source.Functions.TryGetValue(name.ToString(), out var place))
        {
            var split = place.LastIndexOf(':');
            return split > 0
                ? (place[..split], place[(split + 1)..])
                : throw new ModelLoadException($"--function {name}={place}: expected path.py:function");
        }

        if (!IsModuleName(name.Module))
        {
            throw new ModelLoadException($"{name} is not the name of a Python function in a file");
        }

        var candidates = name.Module == "__main__" ? ["main.py", "__main__.py"] : new[] { name.Module.Replace('.', Path.DirectorySeparatorChar) + ".py" };
        foreach (var folder in source.FunctionPaths)
        {
            foreach (var candidate in candidates)
            {
                var path = Path.Combine(folder, candidate);
                if (File.Exists(path))
                {
                    return (path, name.Name);
                }
            }
        }

        throw new ModelLoadException(
            $"{name} is a Python function that the model names but does not hold; put its source as {string.Join(" or ", candidates)} beside the model "
            + $"(looked in {string.Join(", ", source.FunctionPaths)}), name it with --function {name}=path.py:{name.Name}, or register it from C#");
    }

    private static bool IsModuleName(string module) => module.Split('.').All(part =>
        part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
}
