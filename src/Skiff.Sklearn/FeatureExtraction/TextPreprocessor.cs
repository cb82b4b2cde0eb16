using Skiff.Python.Unicode;

namespace Skiff.Sklearn;

/// <summary>What happens to a text before it is cut: a function of the model's own, or lower case and accents.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>build_preprocessor</c>, <c>strip_accents_unicode</c>, <c>strip_accents_ascii</c>.</remarks>
internal sealed class TextPreprocessor
{
    private readonly NamedFunction? _function;
    private readonly bool _lowercase;
    private readonly NamedFunction? _stripAccents;

    private TextPreprocessor(NamedFunction? function, bool lowercase, NamedFunction? stripAccents)
    {
        _function = function;
        _lowercase = lowercase;
        _stripAccents = stripAccents;
    }

    public static TextPreprocessor Read(EstimatorNode node)
    {
        if (node.Optional("preprocessor") is not null)
        {
            return new TextPreprocessor(node.Function("preprocessor"), false, null);
        }

        var accents = node.Optional("strip_accents") switch
        {
            null or false => null,
            "ascii" => BuiltinFunctions.StripAccentsAscii,
            "unicode" => BuiltinFunctions.StripAccentsUnicode,
            string other => throw node.Error($"'strip_accents' is '{other}'; ascii, unicode and functions are known"),
            _ => node.Function("strip_accents"),
        };
        return new TextPreprocessor(null, node.Flag("lowercase", true), accents);
    }

    /// <summary>The prepared text; valid until the state is used for another.</summary>
    public ReadOnlySpan<byte> Prepare(ReadOnlySpan<byte> text, AnalyzerState state)
    {
        if (_function is not null)
        {
            state.First.Clear();
            _function.CallText(text, state.First, state.Steps);
            return state.First.Written;
        }

        if (_lowercase)
        {
            state.First.Clear();
            UnicodeText.Lower(text, state.First);
            text = state.First.Written;
        }

        if (_stripAccents is not null)
        {
            state.Second.Clear();
            _stripAccents.CallText(text, state.Second, state.Steps);
            text = state.Second.Written;
        }

        return text;
    }
}
