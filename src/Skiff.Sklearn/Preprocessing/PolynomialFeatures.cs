using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>PolynomialFeatures</c>: the products of up to so many columns.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_polynomial.py</c>, <c>PolynomialFeatures.transform</c>; the lowest degree, the first of a pair as
/// <c>degree</c>, is there since 1.0. Products are taken in scikit-learn's order: in dense rows the first column last, in sparse ones from the left.
/// </remarks>
internal sealed class PolynomialFeatures : NumericTransformer
{
    // A dense row of more columns than this is refused: 128 MB.
    private const int MaximumDenseColumns = 1 << 24;

    private readonly PolynomialDegrees _degrees;
    private readonly PolynomialPlan? _plan;

    private PolynomialFeatures(EstimatorNode node, int features, PolynomialDegrees degrees)
        : base(node, features)
    {
        _degrees = degrees;
        _plan = degrees.FullCount <= MaximumDenseColumns ? new PolynomialPlan(degrees) : null;
    }

    public static Estimator Read(EstimatorNode node)
    {
        // Before 1.0 the count has a name of its own.
        var features = node.Has("n_features_in_") ? node.FeatureCount : node.CheckedInteger("n_input_features_", 0, int.MaxValue);
        var (lowest, highest) = Bounds(node);
        var degrees = PolynomialDegrees.Create(features, lowest, highest, node.Flag("interaction_only", false), node.Flag("include_bias", true))
            ?? throw node.Error($"degree {highest} of {features} features gives more columns than there can be");
        return degrees.Count > 0 ? new PolynomialFeatures(node, features, degrees) : throw node.Error("'degree' gives no columns");
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (kind == BlockKind.Dense && _plan is null)
        {
            throw new ModelLoadException($"PolynomialFeatures gives {_degrees.FullCount} columns; at most {MaximumDenseColumns} are possible for dense rows");
        }
    }

    public override int Width(int inputWidth) => _degrees.Count;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        y.IsSingle = x.IsSingle;
        if (x is CsrBlock sparse)
        {
            PolynomialProducts.Append(_degrees, sparse, (CsrBlock)y, scratch);
        }
        else
        {
            _plan!.Run((DenseBlock)x, (DenseBlock)y, scratch);
        }
    }

    private static (int Lowest, int Highest) Bounds(EstimatorNode node)
    {
        if (node.Required("degree") is { } degree && EstimatorNode.AsInteger(degree) is null)
        {
            var pair = node.IntegerPair("degree");
            return pair.First <= pair.Second ? pair : throw node.Unexpected("degree", "an integer, or a pair of the lowest and the highest");
        }

        // A degree of zero gives the bias alone since 1.0; before that it raised.
        return (0, node.CheckedInteger("degree", node.Version < new SklearnVersion(1, 0) ? 1 : 0, int.MaxValue));
    }
}
