using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What reading and checking support vector machines share.</summary>
internal static class SvmReader
{
    /// <summary>The support vectors.</summary>
    public static SupportVectors Vectors(EstimatorNode node)
    {
        var vectors = SupportVectors.Read(node);
        return node.FeatureCount < 0 || node.FeatureCount == vectors.Width
            ? vectors
            : throw node.Error($"'support_vectors_' has {vectors.Width} columns, 'n_features_in_' is {node.FeatureCount}");
    }

    /// <summary><c>_dual_coef_</c>: the private one, whose signs are libsvm's own.</summary>
    public static Matrix Weights(EstimatorNode node, int rows, int vectors)
    {
        // Without support vectors a sparse fit keeps an empty matrix of any shape.
        var weights = node.Matrix("_dual_coef_");
        return vectors == 0 && weights.Values.Length == 0 ? new Matrix(rows, 0, [], false) : node.Matrix("_dual_coef_", rows, vectors);
    }

    /// <summary>Refuses sparse rows where the training data was dense.</summary>
    public static void CheckInput(SupportVectors vectors, BlockKind kind, string name)
    {
        if (!vectors.TakesSparse)
        {
            Kernels.RequireDenseInput(kind, $"{name}, trained on arrays,");
        }
    }

    /// <summary>Refuses rows of another width, and numbers that are not finite.</summary>
    public static void CheckRows(SupportVectors vectors, Block x, string name)
    {
        Kernels.RequireFinite(x, name);
        Columns.RequireWidth(x, vectors.Width, name);
    }
}
