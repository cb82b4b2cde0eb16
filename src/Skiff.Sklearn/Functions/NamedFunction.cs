using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>A Python function that a model names, whatever answers for it: the interpreter, or C#.</summary>
/// <param name="name">Module and name, as the model spells them.</param>
internal abstract class NamedFunction(string name)
{
    /// <summary>Module and name.</summary>
    public string Name { get; } = name;

    /// <summary>A text to a text, as a <c>preprocessor</c> is called.</summary>
    public abstract void CallText(ReadOnlySpan<byte> text, ByteBuffer destination);

    /// <summary>A text to tokens, as a <c>tokenizer</c> or an <c>analyzer</c> is called.</summary>
    public abstract void CallTokens(ReadOnlySpan<byte> text, TokenBuffer tokens);

    /// <summary>All rows at once, as a <c>FunctionTransformer</c> calls it.</summary>
    public abstract void CallRows(TextBlock x, TextBlock y);
}
