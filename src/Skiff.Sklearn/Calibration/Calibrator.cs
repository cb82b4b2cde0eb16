using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Turns a score of a classifier into a probability.</summary>
internal abstract class Calibrator
{
    /// <summary>Reads a calibrator.</summary>
    public static Calibrator Read(EstimatorNode parent, object? value, string path)
    {
        if (value is not PyInstance instance)
        {
            throw parent.Error($"'{path}' is {Describe.Value(value)}; expected a calibrator");
        }

        var node = new EstimatorNode(parent.Context, instance, instance.Type.Name, parent.Join(path));
        return instance.Type.Name switch
        {
            "_SigmoidCalibration" => new SigmoidCalibrator(node.Number("a_"), node.Number("b_")),
            "IsotonicRegression" => new IsotonicCalibrator(IsotonicFunction.Read(node)),
            _ => throw node.Error("this calibrator is not supported; IsotonicRegression and _SigmoidCalibration are"),
        };
    }

    /// <summary>The probability of a score.</summary>
    public abstract double Apply(double score);

    private sealed class SigmoidCalibrator(double a, double b) : Calibrator
    {
        public override double Apply(double score) => Kernels.Expit(-((a * score) + b));
    }

    private sealed class IsotonicCalibrator(IsotonicFunction function) : Calibrator
    {
        public override double Apply(double score) => function.Apply(score, 0);
    }
}
