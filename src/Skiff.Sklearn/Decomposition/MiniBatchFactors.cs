using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>MiniBatchNMF</c>: the factors by which the components give each row, solved for by multiplicative updates.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_nmf.py</c>, <c>MiniBatchNMF._solve_W</c>; the same since 1.1. Other than <c>NMF</c> it stops when the
/// factors of all rows hardly move, and takes negative numbers and zeros as they are.
/// </remarks>
internal sealed class MiniBatchFactors : NumericTransformer
{
    private readonly MultiplicativeUpdate _update;
    private readonly double _tolerance;
    private readonly int _maxIterations;

    private MiniBatchFactors(EstimatorNode node, Matrix components)
        : base(node, components.Columns)
    {
        _update = new MultiplicativeUpdate(node, components, MultiplicativeUpdate.ReadBeta(node, node.Has("_beta_loss") ? "_beta_loss" : "beta_loss"));
        _tolerance = SolverLimits.Tolerance(node, "tol");
        _maxIterations = SolverLimits.Iterations(
            node,
            node.Has("_transform_max_iter") ? "_transform_max_iter" : node.Optional("transform_max_iter") is null ? "max_iter" : "transform_max_iter");
    }

    public static Estimator Read(EstimatorNode node) => new MiniBatchFactors(node, FactorProducts.ReadComponents(node));

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _update.Sums.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var factors = (DenseBlock)y;
        var cells = FactorProducts.Cells(x, scratch);
        var start = _update.Start(cells);
        for (var row = 0; row < x.Rows; row++)
        {
            factors.Row(row).Fill(x.IsSingle ? (float)start : start);
        }

        var work = scratch.Dense(4, factors.Columns);
        var sums = work.Row(2);
        _update.Sums.CopyTo(sums);
        _update.Penalize(sums);
        for (var iteration = 0; iteration < _maxIterations; iteration++)
        {
            var change = Move(cells, factors, sums, work, x.IsSingle, scratch);
            if (_tolerance > 0 && change <= _tolerance)
            {
                break;
            }
        }

        y.IsSingle = x.IsSingle;
    }

    // Moves all rows, and gives how far, as a part of where they are then.
    private double Move(CsrBlock cells, DenseBlock factors, ReadOnlySpan<double> sums, DenseBlock work, bool isSingle, Scratch scratch)
    {
        var moved = 0.0;
        var whole = 0.0;
        var before = work.Row(3);
        for (var row = 0; row < factors.Rows; row++)
        {
            var current = factors.Row(row);
            current.CopyTo(before);
            scratch.Step(_update.WorkOf(cells, row));
            _update.Move(cells, row, current, sums, work);
            if (isSingle)
            {
                Singles.Round(current);
            }

            for (var k = 0; k < current.Length; k++)
            {
                var step = current[k] - before[k];
                moved += step * step;
                whole += current[k] * current[k];
            }
        }

        return Math.Sqrt(moved) / Math.Sqrt(whole);
    }
}
