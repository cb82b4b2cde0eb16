using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>NumericalTransformer</c> of <c>sklearn_pandas</c>: a logarithm of each number.</summary>
/// <remarks>sklearn_pandas 2.2, <c>sklearn_pandas/transformers.py</c>. Its function is kept under the name that Python makes of two underscores.</remarks>
internal static class NumericalTransformer
{
    /// <summary>Reads one.</summary>
    public static Estimator Read(EstimatorNode node)
    {
        var name = node.Text("_NumericalTransformer__func");
        return name is "log" or "log1p" ? new ElementwiseTransformer(node, new ElementFunction($"numpy.{name}", ElementwiseMath.Numpy[name]))
            : throw node.Error($"the function is '{name}'; log and log1p are known");
    }
}
