using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LinearDiscriminantAnalysis</c>: a classifier, and a projection on the directions that tell the classes apart.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/discriminant_analysis.py</c>, <c>LinearDiscriminantAnalysis</c>; the same since 0.22. The solver, the shrinkage and
/// the covariance estimator have done their work in <c>coef_</c> and <c>scalings_</c>; only <c>svd</c> centers the rows, and <c>lsqr</c> does not project.
/// </remarks>
internal sealed class LinearDiscriminant : NumericTransformer
{
    private readonly LinearDiscriminantScores _scores;
    private readonly LinearFunction? _projection;
    private readonly double[]? _mean;
    private readonly bool _isSingle;
    private readonly ModelOutput[] _outputs;

    private LinearDiscriminant(EstimatorNode node, LinearDiscriminantScores scores, Matrix? directions, FittedVector? mean)
        : base(node, scores.FeatureCount)
    {
        _scores = scores;
        _mean = mean?.Values;
        _isSingle = directions is { IsSingle: true } && mean is not { IsSingle: false };
        _projection = directions is null ? null : new LinearFunction(directions, [0]);
        _outputs = directions is null
            ? [.. scores.Outputs]
            : [.. scores.Outputs, new(Methods.Transform, "transform", OutputKind.Float64, directions.Rows)];
    }

    public override Methods Methods => _scores.Methods | (_projection is null ? Methods.None : Methods.Transform);

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet? Classes => _scores.Classes;

    public static Estimator Read(EstimatorNode node)
    {
        var scores = LinearDiscriminantScores.Read(node);
        switch (node.Text("solver", "svd"))
        {
            case "lsqr":
                return new LinearDiscriminant(node, scores, null, null);
            case "svd":
                return new LinearDiscriminant(node, scores, Directions(node, scores.FeatureCount), FittedVector.Read(node, "xbar_", scores.FeatureCount));
            case "eigen":
                return new LinearDiscriminant(node, scores, Directions(node, scores.FeatureCount), null);
            case var other:
                throw node.Error($"'solver' is '{other}'; svd, lsqr and eigen are known");
        }
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _projection?.Outputs ?? 0;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var isSingle = _isSingle && x.IsSingle;
        _projection!.Run(_mean is null ? rows : Center(rows, isSingle, scratch), (DenseBlock)y, scratch);
        y.IsSingle = isSingle;
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        RequireWidth(x);
        if ((wanted & _scores.Methods) != Methods.None)
        {
            _scores.Run(wanted, x, scratch, results);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[^1], Transform(x, scratch));
        }
    }

    // One row a direction. With one class there is none, and nothing to answer.
    private static Matrix? Directions(EstimatorNode node, int features)
    {
        var scalings = node.Matrix("scalings_", features);
        var count = Math.Min(scalings.Columns, node.CheckedInteger("_max_components", 0, int.MaxValue));
        if (count == 0)
        {
            return null;
        }

        var all = scalings.Transpose();
        return all with { Rows = count, Values = all.Values[..(count * features)] };
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
}
