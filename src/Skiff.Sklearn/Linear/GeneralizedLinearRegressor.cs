using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>PoissonRegressor</c>, <c>GammaRegressor</c> and <c>TweedieRegressor</c>: a linear function behind the inverse of a link, most often the exponential.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/linear_model/_glm/glm.py</c>, <c>predict</c>. The link that counts is the one of the fit: <c>_link_instance</c>
/// until 1.0, then that of the loss in <c>_base_loss</c>, which follows from <c>link</c> and <c>power</c>.
/// </remarks>
internal sealed class GeneralizedLinearRegressor : Estimator
{
    private readonly LinearFunction _function;
    private readonly ModelOutput[] _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, 0)];
    private readonly string _name;
    private readonly bool _isLog;

    private GeneralizedLinearRegressor(EstimatorNode node, LinearFunction function, bool isLog)
    {
        _function = function;
        _name = node.ClassName;
        _isLog = isLog;
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _function.Features;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var function = LinearFunction.Read(node);
        return function.Outputs == 1
            ? new GeneralizedLinearRegressor(node, function, HasLogLink(node))
            : throw node.Error($"'coef_' has {function.Outputs} rows; one is expected");
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        Kernels.RequireFinite(x, _name);
        var y = _function.Run(x, scratch);
        if (_isLog)
        {
            foreach (ref var value in y.Values)
            {
                value = y.IsSingle ? (float)Math.Exp(value) : Math.Exp(value);
            }
        }

        results.Add(_outputs[0], y);
    }

    private static bool HasLogLink(EstimatorNode node)
    {
        if (node.Optional("_link_instance") is PyInstance link)
        {
            return link.Type.Name switch
            {
                "LogLink" => true,
                "IdentityLink" => false,
                _ => throw node.Error($"'_link_instance' is {Describe.Value(link)}; LogLink and IdentityLink are known"),
            };
        }

        if (node.ClassName != "TweedieRegressor")
        {
            return true;
        }

        return node.Text("link", "auto") switch
        {
            "auto" => node.Number("power", 0) > 0,
            "log" => true,
            "identity" => false,
            var other => throw node.Error($"'link' is '{other}'; auto, log and identity are known"),
        };
    }
}
