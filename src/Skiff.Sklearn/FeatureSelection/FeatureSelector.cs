using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What selectors share: some columns go on, the others are left out.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_selection/_base.py</c>, <c>SelectorMixin.transform</c>; the same since 0.22. Where no column is selected
/// the answer has none, and is dense.
/// </remarks>
internal class FeatureSelector : NumericTransformer
{
    private readonly int[] _kept;

    // Where a column goes to, or -1.
    private readonly int[] _places;
    private readonly bool _acceptsAnything;

    /// <param name="node">Where it is read.</param>
    /// <param name="mask">Which columns go on.</param>
    /// <param name="acceptsAnything">Whether NaN and infinities pass: scikit-learn checks nothing where the tag <c>allow_nan</c> is set.</param>
    public FeatureSelector(EstimatorNode node, bool[] mask, bool acceptsAnything)
        : base(node, mask.Length)
    {
        _acceptsAnything = acceptsAnything;
        _places = new int[mask.Length];
        var kept = new List<int>();
        for (var j = 0; j < mask.Length; j++)
        {
            _places[j] = mask[j] ? kept.Count : -1;
            if (mask[j])
            {
                kept.Add(j);
            }
        }

        _kept = [.. kept];
    }

    public sealed override BlockKind Produces(BlockKind input) => _kept.Length == 0 ? BlockKind.Dense : input;

    public sealed override int OutputColumn(int column) => _places[column];

    public sealed override int Width(int inputWidth) => _kept.Length;

    public sealed override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        if (!_acceptsAnything)
        {
            Kernels.RequireFinite(x, Name);
        }

        y.IsSingle = x.IsSingle;
        if (y is CsrBlock sparse)
        {
            TransformSparse((CsrBlock)x, sparse);
        }
        else if (_kept.Length > 0)
        {
            TransformDense((DenseBlock)x, (DenseBlock)y);
        }
    }

    private void TransformDense(DenseBlock x, DenseBlock y)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var from = x.Row(row);
            var to = y.Row(row);
            for (var i = 0; i < _kept.Length; i++)
            {
                to[i] = from[_kept[i]];
            }
        }
    }

    private void TransformSparse(CsrBlock x, CsrBlock y)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                if (_places[indices[i]] >= 0)
                {
                    y.Append(_places[indices[i]], values[i]);
                }
            }

            y.EndRow();
        }
    }
}
