using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>TfidfVectorizer</c>: counts, weighted by the transformer that was fitted with it.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>TfidfVectorizer.transform</c>: what counts is <c>_tfidf</c>, not the parameters beside it.</remarks>
internal sealed class TfidfVectorizer : CountVectorizer
{
    private readonly TfidfWeights _weights;

    private TfidfVectorizer(EstimatorNode node)
        : base(node)
    {
        if (node.Required("_tfidf") is not PyInstance instance)
        {
            throw node.Unexpected("_tfidf", "a TfidfTransformer");
        }

        _weights = TfidfWeights.Read(new EstimatorNode(node.Context, instance, "TfidfTransformer", node.Join("_tfidf")));
        if (_weights.FeatureCount >= 0 && _weights.FeatureCount != Width(-1))
        {
            throw node.Error($"'idf_' has {_weights.FeatureCount} values, the vocabulary {Width(-1)} terms");
        }
    }

    public static new Estimator Read(EstimatorNode node) => new TfidfVectorizer(node);

    protected override void AddRow(ReadOnlySpan<byte> text, AnalyzerState state, CsrBlock y)
    {
        base.AddRow(text, state, y);
        _weights.Apply(y.Indices(y.Rows - 1), y.Values(y.Rows - 1), IsSingle);
    }
}
