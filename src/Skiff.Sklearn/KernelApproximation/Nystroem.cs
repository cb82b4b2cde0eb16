using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>Nystroem</c>: the kernel's values for a part of the training rows, normalized.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/kernel_approximation.py</c>, <c>Nystroem.transform</c>; the same since 0.22. Parameters of the estimator replace those of <c>kernel_params</c>.</remarks>
internal sealed class Nystroem : NumericTransformer
{
    private readonly PairwiseKernel _kernel;
    private readonly Matrix _normalization;

    private Nystroem(EstimatorNode node, PairwiseKernel kernel)
        : base(node, kernel.Width)
    {
        _kernel = kernel;
        _normalization = node.Matrix("normalization_", kernel.Count, kernel.Count);
    }

    public static Estimator Read(EstimatorNode node) => new Nystroem(node, PairwiseKernel.Read(node, "components_", parameters: "kernel_params"));

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_kernel.TakesSparse)
        {
            Kernels.RequireDenseInput(kind, "Nystroem with this kernel");
        }
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _kernel.Count;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        var rows = _kernel.Prepare(x, scratch);
        var values = scratch.Dense(1, _kernel.Count).Row(0);
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step((long)values.Length * y.Columns);
            _kernel.Fill(rows, row, values);
            var target = ((DenseBlock)y).Row(row);
            for (var k = 0; k < target.Length; k++)
            {
                target[k] = Kernels.Dot(values, _normalization.Row(k));
            }
        }

        if (_kernel.IsSingle && _normalization.IsSingle && x.IsSingle)
        {
            Singles.Round((DenseBlock)y);
        }
    }
}
