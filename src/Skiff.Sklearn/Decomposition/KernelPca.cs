using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>KernelPCA</c>: the centered kernel's values for the training rows, projected.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_kernel_pca.py</c>, <c>transform</c>. Until 0.24 the eigenvalues and eigenvectors are called
/// <c>lambdas_</c> and <c>alphas_</c>; since 1.3 the gamma that was used is kept apart from the parameter.
/// </remarks>
internal sealed class KernelPca : NumericTransformer
{
    private readonly PairwiseKernel _kernel;
    private readonly KernelCenterer _centerer;
    private readonly Matrix _directions;

    private KernelPca(EstimatorNode node, PairwiseKernel kernel)
        : base(node, kernel.Width)
    {
        _kernel = kernel;
        var centerer = node.Required("_centerer") is PyInstance { Type: { Module: "sklearn.preprocessing._data" or "sklearn.preprocessing.data", Name: "KernelCenterer" } } instance
            ? new EstimatorNode(node.Context, instance, "KernelCenterer", node.Join("_centerer"))
            : throw node.Unexpected("_centerer", "a KernelCenterer");
        _centerer = KernelCenterer.ReadCenterer(centerer, kernel.Count);
        _directions = Directions(node, kernel.Count);
    }

    public static Estimator Read(EstimatorNode node) => new KernelPca(node, PairwiseKernel.Read(node, "X_fit_", node.Has("gamma_") ? "gamma_" : "gamma"));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_kernel.TakesSparse)
        {
            Kernels.RequireDenseInput(kind, "KernelPCA with this kernel");
        }
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _directions.Rows;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        var rows = _kernel.Prepare(x, scratch);
        var values = scratch.Dense(1, _kernel.Count).Row(0);
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step((long)values.Length * y.Columns);
            _kernel.Fill(rows, row, values);
            _centerer.Center(values);
            var target = ((DenseBlock)y).Row(row);
            for (var k = 0; k < target.Length; k++)
            {
                target[k] = Kernels.Dot(values, _directions.Row(k));
            }
        }

        if (_kernel.IsSingle && _directions.IsSingle && x.IsSingle)
        {
            Singles.Round((DenseBlock)y);
        }
    }

    // A direction without extent stays zero. Of float32 arrays the quotients are float32, even where the rows are not.
    private static Matrix Directions(EstimatorNode node, int count)
    {
        var isOld = !node.Has("eigenvectors_") && node.Has("alphas_");
        var vectors = node.Matrix(isOld ? "alphas_" : "eigenvectors_", rows: count).Transpose();
        var extents = node.Vector(isOld ? "lambdas_" : "eigenvalues_", vectors.Rows);
        if (vectors.Rows == 0)
        {
            throw node.Error("it has no components");
        }

        for (var k = 0; k < vectors.Rows; k++)
        {
            foreach (ref var value in vectors.Values.AsSpan(k * count, count))
            {
                value = extents[k] == 0 ? 0
                    : vectors.IsSingle ? (float)value / MathF.Sqrt((float)extents[k])
                    : value / Math.Sqrt(extents[k]);
            }
        }

        return vectors;
    }
}
