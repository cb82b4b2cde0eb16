using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>HashingVectorizer</c>: terms counted by their hash; it has nothing to fit.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>HashingVectorizer.transform</c>, and <c>_hash.py</c>; the same since 0.22.</remarks>
internal sealed class HashingVectorizer : TextVectorizer
{
    private readonly int _features;
    private readonly bool _alternateSign;
    private readonly bool _binary;
    private readonly RowNormKind _norm;

    private HashingVectorizer(EstimatorNode node)
        : base(node)
    {
        _features = node.CheckedInteger("n_features", 1, int.MaxValue);
        _alternateSign = node.Flag("alternate_sign", true);
        _binary = node.Flag("binary", false);
        _norm = RowNorm.Parse(node, node.Has("norm") ? node.OptionalText("norm") : "l2");
    }

    public static Estimator Read(EstimatorNode node) => new HashingVectorizer(node);

    public override int Width(int inputWidth) => _features;

    protected override void AddRow(ReadOnlySpan<byte> text, AnalyzerState state, CsrBlock y)
    {
        state.Hashing.Begin(_features, _alternateSign);
        Analyze(text, state, state.Hashing);
        state.Hashing.Write(y, _binary);
        RowNorm.Apply(_norm, y.Values(y.Rows - 1), IsSingle);
    }
}
