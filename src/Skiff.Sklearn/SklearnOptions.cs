using Skiff.Pickle;
using Skiff.Python.Interpreter;

namespace Skiff.Sklearn;

/// <summary>How models are read. Immutable; one serves any number of models.</summary>
public sealed record SklearnOptions
{
    /// <summary>The defaults.</summary>
    public static SklearnOptions Default { get; } = new();

    /// <summary>What a model file may cost to read.</summary>
    public PickleOptions Pickle { get; init; } = PickleOptions.Default;

    /// <summary>What a call of a model's own Python function may cost.</summary>
    public PyBudgetOptions FunctionBudget { get; init; } = PyBudgetOptions.Default;

    /// <summary>
    /// Functions that take the place of the Python functions which models name, by full name (<c>text_utils.clean_text</c>). Where a model wants
    /// tokens, the text that a function gives is cut at line feeds.
    /// </summary>
    public IReadOnlyDictionary<string, PythonTextFunction> Functions { get; init; } = new Dictionary<string, PythonTextFunction>();

    /// <summary>Further folders in which the sources of Python functions are looked for, after the model's own. Read by <see cref="SklearnModel.Load"/>.</summary>
    public IReadOnlyList<string> PythonPath { get; init; } = [];
}
