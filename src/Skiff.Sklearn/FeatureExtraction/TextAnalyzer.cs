using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// What the text vectorizers share: preprocessing, tokens and n-grams of a text.
/// </summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>_VectorizerMixin.build_analyzer</c>; the same since 0.22.</remarks>
internal sealed class TextAnalyzer
{
    private readonly NamedFunction? _analyzer;
    private readonly TextPreprocessor _preprocessor;
    private readonly TextTokenizer? _tokenizer;
    private readonly Vocabulary? _stopWords;
    private readonly CharacterNgrams? _characters;
    private readonly int _shortest;
    private readonly int _longest;

    private TextAnalyzer(EstimatorNode node)
    {
        (_shortest, _longest) = node.Has("ngram_range") ? node.IntegerPair("ngram_range") : (1, 1);
        if (_shortest < 1 || _shortest > _longest)
        {
            throw node.Error($"'ngram_range' is ({_shortest}, {_longest}); the first must be at least 1 and not above the second");
        }

        if (node.Text("input", "content") is var input and not "content")
        {
            throw node.Error($"'input' is '{input}': the model reads files by itself; only 'content' can be served");
        }

        _preprocessor = TextPreprocessor.Read(node);
        switch (node.Optional("analyzer"))
        {
            case "word":
                _tokenizer = TextTokenizer.Read(node);
                _stopWords = ReadStopWords(node);
                break;
            case "char":
                _characters = new CharacterNgrams(_shortest, _longest, withinWords: false);
                break;
            case "char_wb":
                _characters = new CharacterNgrams(_shortest, _longest, withinWords: true);
                break;
            case string other:
                throw node.Error($"'analyzer' is '{other}'; word, char, char_wb and functions are known");
            case null:
                throw node.Unexpected("analyzer", "word, char, char_wb or a function");
            default:
                _analyzer = node.Function("analyzer");
                break;
        }
    }

    public static TextAnalyzer Read(EstimatorNode node) => new(node);

    /// <summary>Hands every term of a text to <paramref name="sink"/>.</summary>
    public void Analyze(ReadOnlySpan<byte> text, AnalyzerState state, TermSink sink)
    {
        if (_analyzer is not null)
        {
            state.Tokens.Begin(null);
            _analyzer.CallTokens(text, state.Tokens, state.Steps);
            AddNgrams(state.Tokens, 1, 1, sink);
            return;
        }

        var prepared = _preprocessor.Prepare(text, state);
        if (_characters is not null)
        {
            _characters.Add(prepared, state, sink);
            return;
        }

        state.Tokens.Begin(_stopWords);
        _tokenizer!.Tokenize(prepared, state);
        AddNgrams(state.Tokens, _shortest, _longest, sink);
    }

    private static void AddNgrams(TokenBuffer tokens, int shortest, int longest, TermSink sink)
    {
        for (var n = shortest; n <= longest && n <= tokens.Count; n++)
        {
            for (var first = 0; first + n <= tokens.Count; first++)
            {
                sink.Add(tokens.Ngram(first, n));
            }
        }
    }

    private static Vocabulary? ReadStopWords(EstimatorNode node)
    {
        switch (node.Optional("stop_words"))
        {
            case null:
                return null;
            case "english":
                return Vocabulary.Of(EnglishStopWords.Words);
            case string other:
                throw node.Error($"'stop_words' is '{other}'; 'english' and lists of words are known");
            case var value:
                var items = value is PySet set ? set.Items : EstimatorNode.Items(value) ?? throw node.Unexpected("stop_words", "a list of words");
                return Vocabulary.Of(items.OfType<string>().Distinct());
        }
    }
}
