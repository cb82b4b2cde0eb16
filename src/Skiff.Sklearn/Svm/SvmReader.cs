using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What reading and checking support vector machines share.</summary>
internal static class SvmReader
{
    /// <summary>The support vectors.</summary>
    public static KernelRows Vectors(EstimatorNode node)
    {
        var vectors = Rows(node);
        return node.FeatureCount < 0 || node.FeatureCount == vectors.Width
            ? vectors
            : throw node.Error($"'support_vectors_' has {vectors.Width} columns, 'n_features_in_' is {node.FeatureCount}");
    }

    /// <summary>The kernel and the support vectors.</summary>
    /// <remarks>scikit-learn 1.9, <c>sklearn/svm/src/libsvm/svm.cpp</c>, <c>Kernel::k_function</c>; the same since 0.22.</remarks>
    public static KernelRows Rows(EstimatorNode node)
    {
        var kernel = node.Required("kernel") as string ?? throw node.Unexpected("kernel", "the name of a kernel; a function of one's own cannot be served");
        if (kernel == "precomputed")
        {
            return ReadPrecomputed(node);
        }

        var function = KernelFunction.ReadSvm(node, kernel);
        if (node.Flag("_sparse", false))
        {
            return ScipySparse.TryReadCsr(node.Required("support_vectors_"), out var rows, out var problem)
                ? new SparseKernelRows(rows, function)
                : throw node.Error($"'support_vectors_': {problem}");
        }

        return new DenseKernelRows(node.Matrix("support_vectors_"), function);
    }

    /// <summary><c>_dual_coef_</c>: the private one, whose signs are libsvm's own.</summary>
    public static Matrix Weights(EstimatorNode node, int rows, int vectors)
    {
        // Without support vectors a sparse fit keeps an empty matrix of any shape.
        var weights = node.Matrix("_dual_coef_");
        return vectors == 0 && weights.Values.Length == 0 ? new Matrix(rows, 0, [], false) : node.Matrix("_dual_coef_", rows, vectors);
    }

    /// <summary>Refuses sparse rows where the training data was dense.</summary>
    public static void CheckInput(KernelRows vectors, BlockKind kind, string name)
    {
        if (!vectors.TakesSparse)
        {
            Kernels.RequireDenseInput(kind, $"{name}, trained on arrays,");
        }
    }

    /// <summary>Refuses rows of another width, and numbers that are not finite.</summary>
    public static void CheckRows(KernelRows vectors, Block x, string name)
    {
        Kernels.RequireFinite(x, name);
        Columns.RequireWidth(x, vectors.Width, name);
    }

    private static PrecomputedKernel ReadPrecomputed(EstimatorNode node)
    {
        var (rows, _) = node.IntegerPair("shape_fit_");
        var support = node.Array("support_");
        if (support is not { Rank: 1, Type.Kind: <= DTypeKind.Int64 } || (support.Size > 0 && (rows == 0 || support.ToInt64s().AsSpan().ContainsAnyExceptInRange(0, rows - 1))))
        {
            throw node.Unexpected("support_", $"rows of the {rows} that it was trained on");
        }

        return new PrecomputedKernel(support.ToInt32s(), rows);
    }
}
