using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What <c>TfidfTransformer</c> and <c>TfidfVectorizer</c> do to the counts of a row: logarithm, inverse document frequency, norm.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_extraction/text.py</c>, <c>TfidfTransformer.transform</c>. Until 1.4 the frequencies are the diagonal of a
/// sparse matrix, <c>_idf_diag</c>; from 1.5 on they are <c>idf_</c>.
/// </remarks>
internal sealed class TfidfWeights
{
    private readonly bool _sublinear;
    private readonly double[]? _idf;
    private readonly RowNormKind _norm;

    private TfidfWeights(bool sublinear, double[]? idf, RowNormKind norm)
    {
        _sublinear = sublinear;
        _idf = idf;
        _norm = norm;
    }

    /// <summary>How many columns it was fitted on, or -1 where it holds nothing that depends on that.</summary>
    public int FeatureCount => _idf?.Length ?? -1;

    public static TfidfWeights Read(EstimatorNode node) => new(
        node.Flag("sublinear_tf", false),
        node.Flag("use_idf", true) ? ReadIdf(node) : null,
        RowNorm.Parse(node, node.Has("norm") ? node.OptionalText("norm") : "l2"));

    /// <summary>Weights the counts of a row, in place.</summary>
    /// <param name="indices">The columns.</param>
    /// <param name="values">The counts.</param>
    /// <param name="isSingle">Whether scikit-learn computes in float32 here: then every step is rounded, as it is there.</param>
    public void Apply(ReadOnlySpan<int> indices, Span<double> values, bool isSingle)
    {
        if (_sublinear)
        {
            foreach (ref var value in values)
            {
                value = isSingle ? (float)Math.Log(value) + 1f : Math.Log(value) + 1;
            }
        }

        if (_idf is not null)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var weighted = values[i] * _idf[indices[i]];
                values[i] = isSingle ? (float)weighted : weighted;
            }
        }

        RowNorm.Apply(_norm, values, isSingle);
    }

    private static double[] ReadIdf(EstimatorNode node)
    {
        if (node.Has("idf_"))
        {
            return node.Vector("idf_");
        }

        if (!node.Has("_idf_diag"))
        {
            throw node.Error("'idf_' is missing: the estimator is not fitted; call fit before saving it");
        }

        if (!ScipySparse.TryReadCsr(node.Required("_idf_diag"), out var csr, out var problem))
        {
            throw node.Error($"'_idf_diag' is not a sparse matrix: {problem}");
        }

        return csr.Rows == csr.Columns ? Diagonal(csr) : throw node.Error($"'_idf_diag' has the shape ({csr.Rows}, {csr.Columns}); it must be square");
    }

    private static double[] Diagonal(Csr csr)
    {
        var diagonal = new double[csr.Rows];
        for (var row = 0; row < csr.Rows; row++)
        {
            for (var i = csr.RowStarts[row]; i < csr.RowStarts[row + 1]; i++)
            {
                diagonal[csr.ColumnIndices[i]] += csr.Values[i];
            }
        }

        return diagonal;
    }
}
