using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;
using Skiff.Python.Unicode;

namespace Skiff.Sklearn;

/// <summary>scikit-learn's own functions over texts, which pipelines name.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>; the same since 0.22.</remarks>
internal static class BuiltinFunctions
{
    private const string Module = "sklearn.feature_extraction.text";

    public static NamedFunction StripAccentsUnicode { get; } = new TextFunction($"{Module}.strip_accents_unicode", UnicodeText.StripAccentsUnicode);

    public static NamedFunction StripAccentsAscii { get; } = new TextFunction($"{Module}.strip_accents_ascii", UnicodeText.StripAccentsAscii);

    public static NamedFunction? Find(PyGlobal name) => (name.Module, name.Name) switch
    {
        (Module, "strip_accents_unicode") => StripAccentsUnicode,
        (Module, "strip_accents_ascii") => StripAccentsAscii,
        _ => null,
    };

    private sealed class TextFunction(string name, PythonTextFunction function) : NamedFunction(name)
    {
        public override void CallText(ReadOnlySpan<byte> text, ByteBuffer destination, Action<long>? steps) => function(text, destination);

        public override void CallTokens(ReadOnlySpan<byte> text, TokenBuffer tokens, Action<long>? steps) =>
            throw new InputException(InputErrorKind.Function, $"{Name} gives a text, not tokens");

        public override void CallRows(TextBlock x, TextBlock y, Action<long>? steps) =>
            throw new InputException(InputErrorKind.Function, $"{Name} takes one text, not a column of them");
    }
}
