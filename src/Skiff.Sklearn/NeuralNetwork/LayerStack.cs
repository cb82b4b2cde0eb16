using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The layers of a multi-layer perceptron, one after the other.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neural_network/_multilayer_perceptron.py</c>, <c>_forward_pass_fast</c>; the same since 0.22.</remarks>
internal sealed class LayerStack
{
    private readonly LinearFunction[] _layers;
    private readonly Activation _hidden;
    private readonly Activation _last;

    private LayerStack(LinearFunction[] layers, Activation hidden, Activation last)
    {
        _layers = layers;
        _hidden = hidden;
        _last = last;
    }

    /// <summary>Columns a row must have.</summary>
    public int Width => _layers[0].Features;

    /// <summary>How many values a row gives.</summary>
    public int Outputs => _layers[^1].Outputs;

    /// <summary>What the last layer's values become.</summary>
    public Activation Last => _last;

    public static LayerStack Read(EstimatorNode node)
    {
        var weights = node.Matrices("coefs_");
        var intercepts = node.Vectors("intercepts_");
        if (weights.Length == 0 || weights.Length != intercepts.Length)
        {
            throw node.Error($"'coefs_' has {weights.Length} layers, 'intercepts_' has {intercepts.Length}");
        }

        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i].Columns == 0 || weights[i].Columns != intercepts[i].Length || (i > 0 && weights[i].Rows != weights[i - 1].Columns))
            {
                throw node.Error($"'coefs_[{i}]' has the shape ({weights[i].Rows}, {weights[i].Columns}), which fits neither 'intercepts_[{i}]' nor the layer before it");
            }
        }

        var stack = new LayerStack(
            [.. weights.Select((matrix, i) => new LinearFunction(matrix.Transpose(), intercepts[i]))],
            Activations.Read(node, "activation"),
            Activations.Read(node, "out_activation_"));
        return node.FeatureCount < 0 || node.FeatureCount == stack.Width
            ? stack
            : throw node.Error($"'coefs_[0]' has {stack.Width} rows, 'n_features_in_' is {node.FeatureCount}");
    }

    /// <summary>The values of every row.</summary>
    public DenseBlock Run(Block x, Scratch scratch)
    {
        var y = x;
        for (var i = 0; i < _layers.Length; i++)
        {
            var next = _layers[i].Run(y, scratch);
            Activations.Apply(i == _layers.Length - 1 ? _last : _hidden, next);
            y = next;
        }

        return (DenseBlock)y;
    }
}
