using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Sklearn;

/// <summary>Cuts a text into tokens: a function of the model's own, or a pattern, whose default has a tokenizer made for it.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>build_tokenizer</c>: <c>findall</c> of the pattern; with one group, what the group has
/// caught. Several groups are an error since 0.24 and made tuples, which no vocabulary holds, before.
/// </remarks>
internal sealed class TextTokenizer
{
    private readonly NamedFunction? _function;
    private readonly PyRegex? _pattern;

    private TextTokenizer(NamedFunction? function, PyRegex? pattern)
    {
        _function = function;
        _pattern = pattern;
    }

    public static TextTokenizer Read(EstimatorNode node)
    {
        if (node.Optional("tokenizer") is not null)
        {
            return new TextTokenizer(node.Function("tokenizer"), null);
        }

        var text = node.Text("token_pattern", WordTokenizer.Pattern);
        if (WordTokenizer.TryMatch(Utf8.GetBytes(text)))
        {
            return new TextTokenizer(null, null);
        }

        try
        {
            var pattern = PyRegex.Compile(Utf8.GetBytes(text));
            return pattern.GroupCount <= 1
                ? new TextTokenizer(null, pattern)
                : throw node.Error($"'token_pattern' has {pattern.GroupCount} groups; one at most is possible");
        }
        catch (PyRegexException e)
        {
            throw node.Error($"'token_pattern' is not a pattern that Python's re takes: {e.Message}");
        }
    }

    /// <summary>Adds every token of a text.</summary>
    public void Tokenize(ReadOnlySpan<byte> text, AnalyzerState state)
    {
        var tokens = state.Tokens;
        if (_function is not null)
        {
            _function.CallTokens(text, tokens, state.Steps);
            return;
        }

        if (_pattern is null)
        {
            foreach (var range in new WordTokenizer(text))
            {
                tokens.Add(text[range]);
            }

            return;
        }

        var group = _pattern.GroupCount;
        var match = state.Match;
        var matches = _pattern.Matches(text, match);
        while (matches.MoveNext())
        {
            tokens.Add(match.Start(group) < 0 ? default : text[match.Start(group)..match.End(group)]);
        }
    }
}
