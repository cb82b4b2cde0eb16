using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>PLSRegression</c>, <c>PLSCanonical</c> and <c>CCA</c>: a linear function of standardized rows, and their components.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/cross_decomposition/_pls.py</c>, <c>_PLS.predict</c>. The releases differ in what they keep. Until 1.0 it is
/// <c>coef_</c> with a row a feature, and the intercept is the mean of the targets. 1.1 and 1.2 keep <c>_coef_</c> with a row a target, which is
/// <c>coef_</c> from 1.3 on. Since 1.5 the coefficients have the scales of the rows in them, so that rows are only centered. Since 1.3.1 one target
/// that was given as a vector is answered as one.
/// </remarks>
internal sealed class PartialLeastSquares : LatentProjection
{
    private readonly LinearFunction _regression;
    private readonly bool _scalesRows;
    private readonly ModelOutput[] _outputs;

    private PartialLeastSquares(EstimatorNode node, Matrix rotations)
        : base(node, rotations, keepsSingle: true)
    {
        var coefficients = Coefficients(node, rotations.Rows);
        var intercept = node.Version < new SklearnVersion(1, 1) ? Fitted(node, "y_mean") : "intercept_";
        _regression = new LinearFunction(coefficients, node.Vector(intercept, coefficients.Rows));
        _scalesRows = node.Version < new SklearnVersion(1, 5);
        var isFlat = node.Flag("_predict_1d", false);
        if (isFlat && coefficients.Rows > 1)
        {
            throw node.Error($"'coef_' is for {coefficients.Rows} targets, '_predict_1d' says that there is one");
        }

        _outputs =
        [
            new(Methods.Predict, "predict", OutputKind.Float64, isFlat ? 0 : coefficients.Rows),
            new(Methods.Transform, "transform", OutputKind.Float64, rotations.Columns),
        ];
    }

    public override Methods Methods => Methods.Predict | Methods.Transform;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node) => new PartialLeastSquares(node, Rotations(node, "x_rotations_"));

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            results.Add(_outputs[0], _regression.Run(Standardize(x, _scalesRows, scratch), scratch));
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[1], Transform(x, scratch));
        }
    }

    private static Matrix Coefficients(EstimatorNode node, int features)
    {
        var name = node.Version >= new SklearnVersion(1, 1) && node.Version < new SklearnVersion(1, 3) ? "_coef_" : "coef_";
        var coefficients = node.Version < new SklearnVersion(1, 1) ? node.Matrix(name, rows: features).Transpose() : node.Matrix(name, columns: features);
        return coefficients.Rows > 0 ? coefficients : throw node.Error($"'{name}' is for no target");
    }
}
