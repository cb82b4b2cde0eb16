using Skiff.Models;
using Skiff.Numerics;
using Skiff.Python.Interpreter;

namespace Skiff.Sklearn;

/// <summary>
/// A Python function that a model names, whatever answers for it: the interpreter, or C#. Whoever calls one may hand in what is told of the work as it
/// goes, and may end it: <see cref="Scratch.Steps"/>.
/// </summary>
/// <param name="name">Module and name, as the model spells them.</param>
internal abstract class NamedFunction(string name)
{
    /// <summary>Module and name.</summary>
    public string Name { get; } = name;

    /// <summary>A text to a text, as a <c>preprocessor</c> is called.</summary>
    public abstract void CallText(ReadOnlySpan<byte> text, ByteBuffer destination, Action<long>? steps);

    /// <summary>A text to tokens, as a <c>tokenizer</c> or an <c>analyzer</c> is called.</summary>
    public abstract void CallTokens(ReadOnlySpan<byte> text, TokenBuffer tokens, Action<long>? steps);

    /// <summary>All rows at once, as a <c>FunctionTransformer</c> calls it.</summary>
    public abstract void CallRows(TextBlock x, TextBlock y, Action<long>? steps);

    /// <summary>All rows of numbers at once, as a <c>FunctionTransformer</c> calls it.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="names">The columns' names where it was trained on a data frame, else null.</param>
    /// <param name="steps">Told of the work as it goes, and may end it; null where nobody asks.</param>
    public virtual PyNumbers CallNumbers(PyNumbers numbers, IReadOnlyList<string>? names, Action<long>? steps) =>
        throw new InputException(InputErrorKind.Function, $"{Name} takes texts, not numbers");

    /// <summary>Whether it can be called with numbers.</summary>
    public virtual bool TakesNumbers => false;
}
