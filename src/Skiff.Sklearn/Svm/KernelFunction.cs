namespace Skiff.Sklearn;

/// <summary>What a kernel makes of products of rows, or of their squared distances.</summary>
internal sealed class KernelFunction
{
    private readonly Form _form;
    private readonly double _gamma;
    private readonly double _offset;
    private readonly int _degree;

    private KernelFunction(Form form, double gamma, double offset, int degree)
    {
        _form = form;
        _gamma = gamma;
        _offset = offset;
        _degree = degree;
    }

    private enum Form
    {
        Linear,
        Polynomial,
        Radial,
        Sigmoid,
    }

    /// <summary>Whether it takes squared distances rather than products.</summary>
    public bool TakesDistance => _form == Form.Radial;

    /// <summary>Reads the function of a kernel's name.</summary>
    public static KernelFunction Read(EstimatorNode node, string kernel) => kernel switch
    {
        "linear" => new(Form.Linear, 0, 0, 0),
        "poly" => new(Form.Polynomial, node.Number("_gamma"), node.Number("coef0"), (int)Math.Clamp(node.Number("degree"), 0, int.MaxValue)),
        "rbf" => new(Form.Radial, node.Number("_gamma"), 0, 0),
        "sigmoid" => new(Form.Sigmoid, node.Number("_gamma"), node.Number("coef0"), 0),
        _ => throw node.Error($"'kernel' is '{kernel}'; linear, poly, rbf, sigmoid and precomputed are known"),
    };

    /// <summary>Turns products or distances into the kernel's values.</summary>
    public void Apply(Span<double> values)
    {
        switch (_form)
        {
            case Form.Polynomial:
                foreach (ref var value in values)
                {
                    value = Power((_gamma * value) + _offset);
                }

                break;
            case Form.Radial:
                foreach (ref var value in values)
                {
                    value = Math.Exp(-_gamma * value);
                }

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
    private double Power(double value)
    {
        var power = 1.0;
        for (var rest = _degree; rest > 0; rest /= 2)
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
