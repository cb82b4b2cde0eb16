using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>(X - mean) / std @ rotations</c>: what <c>transform</c> of every cross decomposition is, and all that <c>PLSSVD</c> has.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/cross_decomposition/_pls.py</c>, <c>_PLS.transform</c> and <c>PLSSVD.transform</c>. Until 0.23 the means were
/// <c>x_mean_</c> and <c>x_std_</c>, since then <c>_x_mean</c> and <c>_x_std</c>.
/// </remarks>
internal class LatentProjection : NumericTransformer
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly LinearFunction _projection;
    private readonly bool _keepsSingle;

    /// <param name="node">Where it is read.</param>
    /// <param name="rotations">One row a feature, one column a component.</param>
    /// <param name="keepsSingle">Whether float32 rows are centered and scaled in place, as float32.</param>
    protected LatentProjection(EstimatorNode node, Matrix rotations, bool keepsSingle)
        : base(node, rotations.Rows)
    {
        _means = node.Vector(Fitted(node, "x_mean"), rotations.Rows);
        _scales = node.Vector(Fitted(node, "x_std"), rotations.Rows);
        _projection = new LinearFunction(rotations.Transpose(), [0]);
        _keepsSingle = keepsSingle;
    }

    /// <summary>Reads a <c>PLSSVD</c>.</summary>
    public static Estimator ReadSvd(EstimatorNode node) => new LatentProjection(node, Rotations(node, "x_weights_"), keepsSingle: false);

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _projection.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch) => _projection.Run(Standardize(x, isScaled: true, scratch), (DenseBlock)y, scratch);

    /// <summary>The name of what was fitted: with the underscore in front since 0.24, behind it before.</summary>
    protected static string Fitted(EstimatorNode node, string name) => node.Version < new SklearnVersion(0, 24) ? $"{name}_" : $"_{name}";

    /// <summary>Reads a matrix with a column a component.</summary>
    protected static Matrix Rotations(EstimatorNode node, string name) => node.Matrix(name) is { Rows: > 0, Columns: > 0 } rotations
        ? rotations
        : throw node.Error($"'{name}' is empty");

    /// <summary>The rows, centered and, where it is asked for, scaled.</summary>
    /// <exception cref="InputException">They are sparse, of another width, or not finite.</exception>
    protected DenseBlock Standardize(Block x, bool isScaled, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var isSingle = _keepsSingle && x.IsSingle;
        var standard = scratch.Dense(x.Rows, x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var from = rows.Row(row);
            var to = standard.Row(row);
            for (var j = 0; j < from.Length; j++)
            {
                var centered = isSingle ? (float)(from[j] - _means[j]) : from[j] - _means[j];
                var scaled = isScaled ? centered / _scales[j] : centered;
                to[j] = isSingle ? (float)scaled : scaled;
            }
        }

        return standard;
    }
}
