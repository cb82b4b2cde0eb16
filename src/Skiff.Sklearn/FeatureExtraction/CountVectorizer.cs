using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>CountVectorizer</c>: how often each term of the vocabulary occurs.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>CountVectorizer</c>; the same since 0.22.</remarks>
internal class CountVectorizer : TextVectorizer
{
    private readonly Vocabulary _vocabulary;
    private readonly bool _binary;

    protected CountVectorizer(EstimatorNode node)
        : base(node)
    {
        _vocabulary = ReadVocabulary(node);
        _binary = node.Flag("binary", false);
    }

    public static Estimator Read(EstimatorNode node) => new CountVectorizer(node);

    public override int Width(int inputWidth) => _vocabulary.Count;

    protected override void AddRow(ReadOnlySpan<byte> text, AnalyzerState state, CsrBlock y)
    {
        state.Vocabulary.Begin(_vocabulary);
        Analyze(text, state, state.Vocabulary);
        state.Vocabulary.Write(y, _binary);
    }

    // A vocabulary that was given serves without fit, as it does in scikit-learn.
    private static Vocabulary ReadVocabulary(EstimatorNode node)
    {
        var terms = (node.Optional("vocabulary_") ?? node.Optional("vocabulary")) switch
        {
            null => throw node.Error("'vocabulary_' is missing: the estimator is not fitted; call fit before saving it"),
            PyDict dict => dict.Entries.ConvertAll(entry => KeyValuePair.Create(Term(node, entry.Key), Column(node, entry.Value, dict.Count))),
            PySet set => Numbered(node, set.Items.Select(item => Term(node, item)).Order(CodePointComparer.Instance)),
            var value => Numbered(node, (EstimatorNode.Items(value) ?? throw node.Unexpected("vocabulary", "a dict or a list of terms")).Select(item => Term(node, item))),
        };

        // Of a key that comes twice the last counts, as in a Python dict.
        var last = new Dictionary<string, int>(terms.Count, StringComparer.Ordinal);
        foreach (var (term, column) in terms)
        {
            last[term] = column;
        }

        return last.Count > 0 ? new Vocabulary(last) : throw node.Error("the vocabulary is empty");
    }

    private static List<KeyValuePair<string, int>> Numbered(EstimatorNode node, IEnumerable<string> terms)
    {
        var numbered = terms.Select((term, column) => KeyValuePair.Create(term, column)).ToList();
        return numbered.DistinctBy(entry => entry.Key).Count() == numbered.Count ? numbered : throw node.Error("'vocabulary' holds a term twice");
    }

    private static string Term(EstimatorNode node, object? value) =>
        value as string ?? throw node.Error($"the vocabulary holds {Describe.Value(value)}; only terms that are texts can be served");

    private static int Column(EstimatorNode node, object? value, int count) =>
        EstimatorNode.AsInteger(value) is { } column && column >= 0 && column < count
            ? (int)column
            : throw node.Error($"the vocabulary holds {Describe.Value(value)} as a column; 0 to {count - 1} is possible");
}
