using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What <c>PCA</c>, <c>IncrementalPCA</c> and <c>FastICA</c> share: <c>(X - mean_) @ components_.T</c>, each column then divided by a scale.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_base.py</c>, <c>_BasePCA._transform</c>: since 1.5 the mean is projected too and subtracted
/// afterwards, before that it was subtracted from the rows. The two differ where the mean is large.
/// </remarks>
internal sealed class CenteredProjection : NumericTransformer
{
    private readonly LinearFunction _projection;
    private readonly double[]? _mean;
    private readonly double[]? _offsets;
    private readonly double[]? _scales;
    private readonly bool _isSingle;
    private readonly bool _centersRows;
    private readonly bool _acceptsSparse;
    private readonly PrincipalLikelihood? _likelihood;
    private readonly ModelOutput[] _outputs;

    /// <param name="node">Where it is read.</param>
    /// <param name="components">One row an output.</param>
    /// <param name="mean">Subtracted, one a feature, or null.</param>
    /// <param name="scales">Divided by, one an output, or null.</param>
    /// <param name="form">How the releases differ.</param>
    private CenteredProjection(EstimatorNode node, Matrix components, FittedVector? mean, double[]? scales, Form form)
        : base(node, components.Columns)
    {
        _projection = new LinearFunction(components, [0]);
        _mean = mean?.Values;
        _isSingle = components.IsSingle && mean is not { IsSingle: false };
        _scales = scales;
        _centersRows = form.CentersRows;
        _acceptsSparse = form.AcceptsSparse;
        _likelihood = form.Likelihood;
        var transform = new ModelOutput(Methods.Transform, "transform", OutputKind.Float64, components.Rows);
        _outputs = _likelihood is null ? [transform] : [transform, new(Methods.ScoreSamples, "score_samples", OutputKind.Float64, 0)];
        if (mean is not null)
        {
            // Of float32 arrays the product is float32, even where the rows are not.
            var offsets = Enumerable.Range(0, components.Rows).Select(k => Kernels.Dot(mean.Values, components.Row(k)));
            _offsets = [.. offsets.Select(offset => _isSingle ? (float)offset : offset)];
        }
    }

    public override Methods Methods => _likelihood is null ? Methods.Transform : Methods.Transform | Methods.ScoreSamples;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator ReadPca(EstimatorNode node)
    {
        var components = Components(node);
        return ReadPca(node, components, acceptsSparse: node.Version >= new SklearnVersion(1, 4), PrincipalLikelihood.Read(node, components));
    }

    public static Estimator ReadIncrementalPca(EstimatorNode node) => ReadPca(node, Components(node), acceptsSparse: true, likelihood: null);

    /// <summary><c>FastICA</c>.</summary>
    /// <remarks>scikit-learn 1.9, <c>sklearn/decomposition/_fastica.py</c>, <c>transform</c>: <c>mean_</c> is there where it whitens, whatever that parameter was called.</remarks>
    public static Estimator ReadFastIca(EstimatorNode node)
    {
        var components = Components(node);
        var mean = node.Has("mean_") ? FittedVector.Read(node, "mean_", components.Columns) : null;
        return new CenteredProjection(node, components, mean, null, new Form(CentersRows: true, AcceptsSparse: false));
    }

    /// <summary><c>NeighborhoodComponentsAnalysis</c>, which centers nothing.</summary>
    /// <remarks>scikit-learn 1.9, <c>sklearn/neighbors/_nca.py</c>, <c>transform</c>; the same since 0.22.</remarks>
    public static Estimator ReadNeighborhoodComponents(EstimatorNode node) =>
        new CenteredProjection(node, Components(node), null, null, new Form(CentersRows: false, AcceptsSparse: false));

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _projection.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = _acceptsSparse ? x as DenseBlock : RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var target = (DenseBlock)y;
        var isSingle = _isSingle && x.IsSingle;
        var centersRows = _centersRows && rows is not null && _mean is not null;
        _projection.Run(centersRows ? Center(rows!, isSingle, scratch) : x, target, scratch);
        for (var row = 0; row < y.Rows; row++)
        {
            Finish(target.Row(row), centersRows ? null : _offsets, isSingle);
        }

        y.IsSingle = isSingle;
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        base.Run(wanted, x, scratch, results);
        if (wanted.HasFlag(Methods.ScoreSamples))
        {
            results.Add(_outputs[1], Score(x, scratch));
        }
    }

    private DenseBlock Score(Block x, Scratch scratch)
    {
        if (x.Rows == 0)
        {
            // Rows may be sparse, which only transform takes: that does not keep the model from being loaded.
            return scratch.Dense(0, 1);
        }

        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var centered = _mean is null ? rows : Center(rows, isSingle: false, scratch);
        var projected = _projection.Run(centered, scratch);
        var scores = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            scores.Row(row)[0] = _likelihood!.Of(centered.Row(row), projected.Row(row));
        }

        return scores;
    }

    private static CenteredProjection ReadPca(EstimatorNode node, Matrix components, bool acceptsSparse, PrincipalLikelihood? likelihood)
    {
        var mean = node.Optional("mean_") is null ? null : FittedVector.Read(node, "mean_", components.Columns);
        var isRecent = node.Version >= new SklearnVersion(1, 5);
        return new CenteredProjection(node, components, mean, Scales(node, components.Rows, isRecent), new Form(!isRecent, acceptsSparse, likelihood));
    }

    private static Matrix Components(EstimatorNode node) =>
        node.Matrix("components_") is { Rows: > 0 } components ? components : throw node.Error("'components_' has no rows");

    // Since 1.5 no scale is below the precision of its type.
    private static double[]? Scales(EstimatorNode node, int count, bool isRecent)
    {
        if (!node.Flag("whiten", false))
        {
            return null;
        }

        var variances = FittedVector.Read(node, "explained_variance_", count);
        var lowest = variances.IsSingle ? Math.Pow(2, -23) : Math.Pow(2, -52);
        return [.. variances.Values
            .Select(variance => variances.IsSingle ? (float)Math.Sqrt(variance) : Math.Sqrt(variance))
            .Select(scale => isRecent && scale < lowest ? lowest : scale)];
    }

    private DenseBlock Center(DenseBlock x, bool isSingle, Scratch scratch)
    {
        var centered = scratch.Dense(x.Rows, x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var from = x.Row(row);
            var to = centered.Row(row);
            for (var j = 0; j < from.Length; j++)
            {
                to[j] = from[j] - _mean![j];
            }

            if (isSingle)
            {
                Singles.Round(to);
            }
        }

        centered.IsSingle = isSingle;
        return centered;
    }

    private void Finish(Span<double> y, double[]? offsets, bool isSingle)
    {
        for (var k = 0; k < y.Length; k++)
        {
            if (offsets is not null)
            {
                y[k] -= offsets[k];
            }

            if (_scales is not null)
            {
                y[k] = (isSingle ? (float)y[k] : y[k]) / (isSingle ? (float)_scales[k] : _scales[k]);
            }
        }

        if (isSingle)
        {
            Singles.Round(y);
        }
    }

    private readonly record struct Form(bool CentersRows, bool AcceptsSparse, PrincipalLikelihood? Likelihood = null);
}
