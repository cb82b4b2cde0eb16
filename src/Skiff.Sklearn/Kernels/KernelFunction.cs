namespace Skiff.Sklearn;

/// <summary>What a kernel makes of the measure between two rows: of their product, their distance, or what chi-squared kernels sum.</summary>
internal sealed class KernelFunction
{
    private readonly Form _form;
    private readonly double _gamma;
    private readonly double _offset;
    private readonly double _degree;

    private KernelFunction(KernelMeasure measure, Form form, double gamma = 0, double offset = 0, double degree = 0)
    {
        Measure = measure;
        _form = form;
        _gamma = gamma;
        _offset = offset;
        _degree = degree;
    }

    private enum Form
    {
        Measure,
        Negative,
        IntegerPower,
        Power,
        Exponential,
        Sigmoid,
    }

    /// <summary>What it takes of two rows.</summary>
    public KernelMeasure Measure { get; }

    /// <summary>Reads the function of a support vector machine's kernel.</summary>
    public static KernelFunction ReadSvm(EstimatorNode node, string kernel) => kernel switch
    {
        "linear" => new(KernelMeasure.Product, Form.Measure),
        "poly" => new(KernelMeasure.Product, Form.IntegerPower, node.Number("_gamma"), node.Number("coef0"), Math.Clamp(node.Number("degree"), 0, int.MaxValue)),
        "rbf" => new(KernelMeasure.SquaredDistance, Form.Exponential, node.Number("_gamma")),
        "sigmoid" => new(KernelMeasure.Product, Form.Sigmoid, node.Number("_gamma"), node.Number("coef0")),
        _ => throw node.Error($"'kernel' is '{kernel}'; linear, poly, rbf, sigmoid and precomputed are known"),
    };

    /// <summary>The function of a name in <c>sklearn.metrics.pairwise.pairwise_kernels</c>, or null for an unknown one.</summary>
    /// <remarks>scikit-learn 1.9, <c>sklearn/metrics/pairwise.py</c>. Of <c>cosine</c> it is the product, of rows that are normalized already.</remarks>
    public static KernelFunction? Of(string kernel, KernelParameters parameters) => kernel switch
    {
        "linear" or "cosine" => new(KernelMeasure.Product, Form.Measure),
        "poly" or "polynomial" => new(KernelMeasure.Product, Form.Power, parameters.Gamma, parameters.Offset, parameters.Degree),
        "rbf" => new(KernelMeasure.SquaredDistance, Form.Exponential, parameters.Gamma),
        "laplacian" => new(KernelMeasure.AbsoluteDistance, Form.Exponential, parameters.Gamma),
        "sigmoid" => new(KernelMeasure.Product, Form.Sigmoid, parameters.Gamma, parameters.Offset),
        "chi2" => new(KernelMeasure.ChiSquare, Form.Exponential, parameters.Gamma),
        "additive_chi2" => new(KernelMeasure.ChiSquare, Form.Negative),
        _ => null,
    };

    /// <summary>Turns measures into the kernel's values.</summary>
    public void Apply(Span<double> values)
    {
        switch (_form)
        {
            case Form.Negative:
                foreach (ref var value in values)
                {
                    value = -value;
                }

                break;
            case Form.IntegerPower:
                foreach (ref var value in values)
                {
                    value = IntegerPower((_gamma * value) + _offset);
                }

                break;
            case Form.Power:
                foreach (ref var value in values)
                {
                    value = Math.Pow((_gamma * value) + _offset, _degree);
                }

                break;
            case Form.Exponential:
                Kernels.Exponentials(values, -_gamma);

                break;
            case Form.Sigmoid:
                foreach (ref var value in values)
                {
                    value = Math.Tanh((_gamma * value) + _offset);
                }

                break;
        }
    }

    // By repeated squaring, as libsvm.
    private double IntegerPower(double value)
    {
        var power = 1.0;
        for (var rest = (int)_degree; rest > 0; rest /= 2)
        {
            if (rest % 2 == 1)
            {
                power *= value;
            }

            value *= value;
        }

        return power;
    }
}
