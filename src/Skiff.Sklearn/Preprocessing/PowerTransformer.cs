using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>PowerTransformer</c>: Yeo-Johnson's or Box-Cox's power of each column, then scaled.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c>, <c>PowerTransformer.transform</c>. Until 1.8 Yeo-Johnson's is written with powers,
/// since 1.9 it is scipy's, with logarithms, which keeps its digits near lambda 0 and 2.
/// </remarks>
internal sealed class PowerTransformer : NumericTransformer
{
    // For Scratch.Step.
    private const int WorkPerCell = 32;

    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly double[] _lambdas;
    private readonly bool _isBoxCox;
    private readonly bool _isEarly;
    private readonly StandardScaler? _scaler;

    private PowerTransformer(EstimatorNode node, double[] lambdas)
        : base(node, lambdas.Length)
    {
        _lambdas = lambdas;
        _isEarly = node.Version < new SklearnVersion(1, 9);
        _isBoxCox = node.Text("method", "yeo-johnson") switch
        {
            "yeo-johnson" => false,
            "box-cox" => true,
            var method => throw node.Error($"'method' is '{method}'; yeo-johnson and box-cox are known"),
        };
        if (node.Flag("standardize", true))
        {
            _scaler = node.Child("_scaler") as StandardScaler ?? throw node.Unexpected("_scaler", "a StandardScaler");
            if (_scaler.FeatureCount >= 0 && _scaler.FeatureCount != lambdas.Length)
            {
                throw node.Error($"'_scaler' takes {_scaler.FeatureCount} features, 'lambdas_' has {lambdas.Length} values");
            }
        }
    }

    public static Estimator Read(EstimatorNode node) => new PowerTransformer(node, node.Vector("lambdas_"));

    public override int OutputColumn(int column) => column;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name, allowNaN: true);
        var target = (DenseBlock)y;
        for (var row = 0; row < x.Rows; row++)
        {
            var from = rows.Row(row);
            var to = target.Row(row);
            scratch.Step((long)from.Length * WorkPerCell);
            for (var j = 0; j < from.Length; j++)
            {
                to[j] = _isBoxCox ? BoxCox(from[j], _lambdas[j], row, j) : YeoJohnson(from[j], _lambdas[j]);
            }

            if (x.IsSingle)
            {
                Singles.Round(to);
            }
        }

        y.IsSingle = x.IsSingle;
        _scaler?.Transform(y, y, scratch);
    }

    private double YeoJohnson(double x, double lambda)
    {
        // On the other side of zero it is the mirror image, with the power two minus lambda. NaN goes there too.
        var isPositive = x >= 0;
        var power = isPositive ? lambda : 2 - lambda;
        var size = isPositive ? x : -x;
        double value;
        if (Math.Abs(power) < MachineEpsilon || (!isPositive && Math.Abs(power) == MachineEpsilon))
        {
            value = SpecialFunctions.Log1p(size);
        }
        else
        {
            value = _isEarly ? (Math.Pow(size + 1, power) - 1) / power : SpecialFunctions.Expm1(power * SpecialFunctions.Log1p(size)) / power;
        }

        return isPositive ? value : -value;
    }

    // scipy.special.boxcox.
    private double BoxCox(double x, double lambda, int row, int column)
    {
        if (x <= 0)
        {
            throw InputException.AtCell(row, column, $"{Name} with method 'box-cox' takes numbers above zero");
        }

        var logarithm = Math.Log(x);
        if (Math.Abs(lambda) < 1e-19)
        {
            return logarithm;
        }

        return lambda * logarithm < 709.78
            ? SpecialFunctions.Expm1(lambda * logarithm) / lambda
            : ((lambda < 0 ? -1 : 1) * Math.Exp((lambda * logarithm) - Math.Log(Math.Abs(lambda)))) - (1 / lambda);
    }
}
