using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>SparsePCA</c> and <c>MiniBatchSparsePCA</c>: the least squares by which the components give each centered row, with a ridge.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_sparse_pca.py</c>, <c>transform</c>, and <c>sklearn/linear_model/_ridge.py</c>, <c>_solve_cholesky</c>
/// and <c>_solve_cholesky_kernel</c>; the same since 0.22, where <c>normalize_components</c> has lost its say. Float32 components make all of it
/// float32, whatever the rows are. The system is solved once, when the model is read.
/// </remarks>
internal sealed class SparsePca : NumericTransformer
{
    private readonly double[] _mean;
    private readonly LinearFunction _projection;
    private readonly bool _isSingle;

    private SparsePca(EstimatorNode node, Matrix components)
        : base(node, components.Columns)
    {
        _mean = node.Vector("mean_", components.Columns);
        _isSingle = components.IsSingle;
        var ridge = node.Number("ridge_alpha") is >= 0 and var alpha && double.IsFinite(alpha)
            ? alpha
            : throw node.Unexpected("ridge_alpha", "a number that is not negative");
        var solution = components.Rows > components.Columns ? SolveByFeature(components, ridge) : SolveByComponent(components, ridge);
        _projection = new LinearFunction(
            solution ?? throw node.Error("'components_' depend on each other and 'ridge_alpha' is 0: the system has no single solution"),
            [0]);
    }

    public static Estimator Read(EstimatorNode node) => new SparsePca(node, FactorProducts.ReadComponents(node));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override int Width(int inputWidth) => _projection.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var centered = scratch.Dense(x.Rows, x.Columns);
        for (var row = 0; row < x.Rows; row++)
        {
            var from = rows.Row(row);
            var to = centered.Row(row);
            for (var j = 0; j < from.Length; j++)
            {
                to[j] = from[j] - _mean[j];
            }
        }

        var target = (DenseBlock)y;
        _projection.Run(centered, target, scratch);
        target.IsSingle = false;
        if (_isSingle)
        {
            Singles.Round(target);
        }
    }

    // Of a component of zeros scikit-learn, without a ridge, falls back to the solution of least length, in which it has no part.
    private static Matrix? SolveByComponent(Matrix components, double ridge)
    {
        var isLeftOut = new bool[components.Rows];
        for (var k = 0; k < components.Rows; k++)
        {
            isLeftOut[k] = ridge == 0 && !components.Row(k).ContainsAnyExcept(0);
        }

        var system = Squares(components, ridge);
        for (var k = 0; k < components.Rows; k++)
        {
            system.Values[(k * components.Rows) + k] += isLeftOut[k] ? 1 : 0;
        }

        return LinearAlgebra.Invert(system) is { } inverse ? Multiply(inverse, components) : null;
    }

    private static Matrix? SolveByFeature(Matrix components, double ridge) =>
        LinearAlgebra.Invert(Squares(components.Transpose(), ridge)) is { } inverse ? Multiply(components, inverse) : null;

    private static Matrix Squares(Matrix rows, double ridge)
    {
        var squares = new Matrix(rows.Rows, rows.Rows, FactorProducts.Of(rows with { IsSingle = false }), false);
        for (var k = 0; k < rows.Rows; k++)
        {
            squares.Values[(k * rows.Rows) + k] += ridge;
        }

        return squares;
    }

    private static Matrix Multiply(Matrix left, Matrix right)
    {
        var values = new double[left.Rows * right.Columns];
        for (var i = 0; i < left.Rows; i++)
        {
            for (var k = 0; k < left.Columns; k++)
            {
                var factor = left.Values[(i * left.Columns) + k];
                for (var j = 0; j < right.Columns; j++)
                {
                    values[(i * right.Columns) + j] += factor * right.Values[(k * right.Columns) + j];
                }
            }
        }

        return new Matrix(left.Rows, right.Columns, values, false);
    }
}
