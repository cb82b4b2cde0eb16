using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What a layer's values become.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neural_network/_base.py</c>, <c>ACTIVATIONS</c>; <c>exp</c> since 1.7.</remarks>
internal enum Activation
{
    Identity,
    Logistic,
    Tanh,
    Relu,
    Softmax,
    Exponential,
}

/// <summary>Reads and applies activations.</summary>
internal static class Activations
{
    /// <summary>Reads the activation that an attribute names.</summary>
    public static Activation Read(EstimatorNode node, string name) => node.Text(name) switch
    {
        "identity" => Activation.Identity,
        "logistic" => Activation.Logistic,
        "tanh" => Activation.Tanh,
        "relu" => Activation.Relu,
        "softmax" => Activation.Softmax,
        "exp" => Activation.Exponential,
        var other => throw node.Error($"'{name}' is '{other}'; identity, logistic, tanh, relu, softmax and exp are known"),
    };

    /// <summary>Applies an activation to every row.</summary>
    public static void Apply(Activation activation, DenseBlock y)
    {
        switch (activation)
        {
            case Activation.Softmax:
                for (var row = 0; row < y.Rows; row++)
                {
                    Kernels.Softmax(y.Row(row));
                }

                break;
            case Activation.Logistic:
                Kernels.Expits(y.Values);
                break;
            case Activation.Tanh:
                foreach (ref var value in y.Values)
                {
                    value = Math.Tanh(value);
                }

                break;
            case Activation.Relu:
                foreach (ref var value in y.Values)
                {
                    value = Math.Max(value, 0);
                }

                break;
            case Activation.Exponential:
                Kernels.Exponentials(y.Values);
                break;
        }

        if (y.IsSingle)
        {
            Singles.Round(y.Values);
        }
    }
}
