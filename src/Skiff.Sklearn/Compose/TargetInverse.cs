using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Turns what a regressor predicts back into the target's own scale: <c>inverse_transform</c> of the transformers that targets have.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_data.py</c> and <c>_function_transformer.py</c>; column by column.</remarks>
internal abstract class TargetInverse
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>Reads the inverse of a fitted transformer.</summary>
    public static TargetInverse Read(EstimatorNode parent, object? value, string path)
    {
        if (value is not PyInstance instance)
        {
            throw parent.Error($"'{path}' is {Describe.Value(value)}; expected a transformer");
        }

        var node = new EstimatorNode(parent.Context, instance, instance.Type.Name, parent.Join(path));
        return instance.Type.Name switch
        {
            "StandardScaler" => new Affine(Optional(node, "with_std", "scale_"), Optional(node, "with_mean", "mean_")),
            "RobustScaler" => new Affine(Optional(node, "with_scaling", "scale_"), Optional(node, "with_centering", "center_")),
            "MaxAbsScaler" => new Affine(node.Vector("scale_"), null),
            "MinMaxScaler" => new Unscale(node.Vector("scale_"), node.Vector("min_")),
            "PowerTransformer" => ReadPower(node),
            "QuantileTransformer" => QuantileInverse.Read(node),
            "FunctionTransformer" => ReadFunction(node),
            "Pipeline" => ReadSteps(node),
            _ => throw node.Error("the inverse of this transformer is not supported; see docs/estimators.md"),
        };
    }

    /// <summary>How many columns it takes, or -1 for any.</summary>
    public abstract int Width { get; }

    /// <summary>The value in the target's scale.</summary>
    public abstract double Apply(double value, int column);

    private static double[]? Optional(EstimatorNode node, string flag, string name) => node.Flag(flag, true) ? node.Vector(name) : null;

    private static TargetInverse ReadPower(EstimatorNode node)
    {
        var lambdas = node.Vector("lambdas_");
        var isBoxCox = node.Text("method", "yeo-johnson") switch
        {
            "box-cox" => true,
            "yeo-johnson" => false,
            var other => throw node.Error($"'method' is '{other}'; yeo-johnson and box-cox are known"),
        };
        var power = new Power(lambdas, isBoxCox);
        return node.Flag("standardize", true) ? new Chain([Read(node, node.Required("_scaler"), "_scaler"), power]) : power;
    }

    private static TargetInverse ReadFunction(EstimatorNode node)
    {
        if (node.Optional("inverse_func") is not { } value)
        {
            return new Chain([]);
        }

        return ElementFunctions.Find(value, node.Optional("inv_kw_args") as PyDict) is { } function
            ? new Function(function)
            : throw node.Error($"'inverse_func' is {Describe.Value(value)}; functions of numpy and scipy that map each number can be served");
    }

    private static Chain ReadSteps(EstimatorNode node)
    {
        var steps = node.List("steps").Select((step, i) => NamedStep.Read(node, step, $"steps[{i}]")).ToList();
        return new Chain([.. steps.Where(step => step.Value is not (null or "passthrough")).Reverse().Select(step => Read(node, step.Value, $"steps.{step.Name}"))]);
    }

    // A width of 0 fits no predictions, and is refused.
    private sealed class Affine(double[]? scales, double[]? offsets) : TargetInverse
    {
        public override int Width => scales is null || offsets is null ? (scales ?? offsets)?.Length ?? -1
            : scales.Length == offsets.Length ? scales.Length
            : 0;

        public override double Apply(double value, int column)
        {
            value = scales is null ? value : value * scales[column];
            return offsets is null ? value : value + offsets[column];
        }
    }

    private sealed class Unscale(double[] scales, double[] offsets) : TargetInverse
    {
        public override int Width => scales.Length == offsets.Length ? scales.Length : 0;

        public override double Apply(double value, int column) => (value - offsets[column]) / scales[column];
    }

    private sealed class Function(ElementFunction function) : TargetInverse
    {
        public override int Width => -1;

        public override double Apply(double value, int column) => function.Apply(value);
    }

    private sealed class Chain(TargetInverse[] parts) : TargetInverse
    {
        public override int Width => parts.Select(part => part.Width).Where(width => width >= 0).Distinct().ToList() is var widths && widths.Count > 1
            ? 0
            : widths.Count == 1 ? widths[0] : -1;

        public override double Apply(double value, int column)
        {
            foreach (var part in parts)
            {
                value = part.Apply(value, column);
            }

            return value;
        }
    }

    private sealed class Power(double[] lambdas, bool isBoxCox) : TargetInverse
    {
        public override int Width => lambdas.Length;

        public override double Apply(double value, int column)
        {
            var lambda = lambdas[column];
            if (isBoxCox)
            {
                return lambda == 0 ? Math.Exp(value) : Math.Pow((value * lambda) + 1, 1 / lambda);
            }

            if (value >= 0)
            {
                return Math.Abs(lambda) < MachineEpsilon ? Math.Exp(value) - 1 : Math.Pow((value * lambda) + 1, 1 / lambda) - 1;
            }

            return Math.Abs(lambda - 2) > MachineEpsilon ? 1 - Math.Pow((-(2 - lambda) * value) + 1, 1 / (2 - lambda)) : 1 - Math.Exp(-value);
        }
    }
}
