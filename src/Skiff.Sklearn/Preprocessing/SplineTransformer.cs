using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>SplineTransformer</c>: each column as the values of its B-splines.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_polynomial.py</c>, <c>SplineTransformer</c>, which is there since 1.0; <c>sparse_output</c> since
/// 1.2, <c>handle_missing</c> since 1.8. With linear extrapolation and a degree below 2 scikit-learn raises the degree by one after each
/// column, up to 2, and takes the edges of the next column from it.
/// </remarks>
internal sealed class SplineTransformer : NumericTransformer
{
    private readonly SplineColumn[] _columns;
    private readonly int _count;
    private readonly int _kept;
    private readonly bool _isSparse;
    private readonly bool _zeroesMissing;

    private SplineTransformer(EstimatorNode node, SplineColumn[] columns)
        : base(node, columns.Length)
    {
        _columns = columns;
        _count = columns[0].Count;
        _kept = node.Flag("include_bias", true) ? _count : _count - 1;
        _isSparse = node.Flag("sparse_output", false);
        _zeroesMissing = node.Text("handle_missing", "error") == "zeros";
    }

    public static Estimator Read(EstimatorNode node)
    {
        var extrapolation = node.Text("extrapolation", "constant") switch
        {
            "error" => SplineExtrapolation.Error,
            "constant" => SplineExtrapolation.Constant,
            "linear" => SplineExtrapolation.Linear,
            "continue" => SplineExtrapolation.Continue,
            "periodic" => SplineExtrapolation.Periodic,
            var name => throw node.Error($"'extrapolation' is '{name}'; error, constant, linear, continue and periodic are known"),
        };
        var splines = node.List("bsplines_");
        if (splines.Count == 0)
        {
            throw node.Error("'bsplines_' is empty");
        }

        var edge = node.CheckedInteger("degree", 0, int.MaxValue);
        var columns = new SplineColumn[splines.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var place = $"bsplines_[{i}]";
            var spline = BSpline.Read(node, splines[i], place);
            var linear = extrapolation == SplineExtrapolation.Linear && edge <= 1 ? edge + 1 : edge;
            if (spline.Count != (i == 0 ? spline.Count : columns[0].Count) || edge >= spline.Knots.Length || linear > spline.Count)
            {
                throw node.Error($"'{place}' has {spline.Knots.Length} knots and {spline.Count} splines, which does not fit the others or 'degree'");
            }

            columns[i] = new SplineColumn(spline, extrapolation, edge, linear);
            edge = linear;
        }

        return new SplineTransformer(node, columns);
    }

    public override BlockKind Produces(BlockKind input) => _isSparse ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => _columns.Length * _kept;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        if (!_zeroesMissing)
        {
            Kernels.RequireFinite(x, Name);
        }

        y.IsSingle = x.IsSingle;
        var values = scratch.Dense(1, _count).Row(0);
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = rows.Row(row);
            scratch.Step((long)cells.Length * _count);
            for (var j = 0; j < cells.Length; j++)
            {
                Evaluate(cells[j], values, row, j);
                Write(values[.._kept], y, row, j * _kept);
            }

            (y as CsrBlock)?.EndRow();
        }
    }

    private void Evaluate(double x, Span<double> values, int row, int column)
    {
        if (double.IsNaN(x))
        {
            values.Clear();
            return;
        }

        _columns[column].Evaluate(x, values, row, column);
    }

    private static void Write(Span<double> values, Block y, int row, int first)
    {
        if (y.IsSingle)
        {
            Singles.Round(values);
        }

        if (y is DenseBlock dense)
        {
            values.CopyTo(dense.Row(row)[first..]);
            return;
        }

        for (var k = 0; k < values.Length; k++)
        {
            if (values[k] != 0)
            {
                ((CsrBlock)y).Append(first + k, values[k]);
            }
        }
    }
}
