using System.Text.Unicode;
using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>Reads a Python file for one function of it.</summary>
public static class PyModule
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int MaximumSourceLength = 4 * 1024 * 1024;

    /// <summary>What runs once may take longer than what runs for every request: a table over all of Unicode takes some ten million steps.</summary>
    private const int LoadFactor = 16;

    /// <summary>
    /// Finds a function in a file, parses all that it reaches (helpers, constants, imports; nothing else of the file is judged),
    /// and runs the top-level statements that make its constants, under a budget that is larger than a call's.
    /// </summary>
    /// <param name="source">The file, in UTF-8.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <param name="functionName">The function's name at the top level of the file.</param>
    /// <param name="budget">What loading and each call may use up; <see cref="PyBudgetOptions.Default"/> where null.</param>
    /// <returns>The function, immutable and safe to call from any thread.</returns>
    /// <exception cref="PySourceException">
    /// The file is not Python, has no such function, or the function reaches something that is not interpreted; the message names file, line and construct.
    /// </exception>
    public static PyFunction Load(ReadOnlySpan<byte> source, string fileName, string functionName, PyBudgetOptions? budget = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(functionName);
        budget ??= PyBudgetOptions.Default;
        if (source.Length > MaximumSourceLength)
        {
            throw new PySourceException(fileName, 0, "file size", $"the file is longer than {MaximumSourceLength} bytes");
        }

        if (!Utf8.IsValid(source) || source.Contains((byte)0))
        {
            throw new PySourceException(fileName, 0, "encoding", "the file is not UTF-8 text");
        }

        var builder = new ModuleBuilder(source.ToArray(), fileName);
        if (!builder.Defines(functionName))
        {
            throw new PySourceException(fileName, 0, $"function {functionName}", $"the file has no function {functionName} at its top level");
        }

        var ctx = new PyContext(pooled: false);
        try
        {
            var globals = builder.Run(functionName, ctx, Larger(budget), out var function);
            return function.Obj is PyClosure or PyBuiltin or PyBoundMethod or PyPartial or PyTypeValue
                ? new PyFunction(fileName, functionName, function, globals, builder.WritesGlobals, budget)
                : throw new PySourceException(fileName, 0, $"function {functionName}", $"{functionName} is not a function");
        }
        catch (PyError error)
        {
            var message = Text.OfException(ctx, error.Value).ToString();
            throw new PySourceException(fileName, error.Line, "top level", $"the top level of the file raised {error.Value.Type.Name}: {message}");
        }
        catch (PyBudgetException exception)
        {
            throw new PySourceException(fileName, ctx.Line, "budget", $"the top level of the file ran past its budget: {exception.Message}");
        }
    }

    private static PyBudgetOptions Larger(PyBudgetOptions budget)
        => budget with { Steps = Math.Min(budget.Steps, long.MaxValue / LoadFactor) * LoadFactor, Bytes = Math.Min(budget.Bytes, long.MaxValue / LoadFactor) * LoadFactor };
}
