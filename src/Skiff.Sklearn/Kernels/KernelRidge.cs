using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>KernelRidge</c>: the kernel's values for the training rows, weighted; one number a row, or one a target.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/kernel_ridge.py</c>, <c>predict</c>; the same since 0.22. <c>kernel_params</c> is for functions of one's own.</remarks>
internal sealed class KernelRidge : Estimator
{
    private readonly PairwiseKernel _kernel;
    private readonly Matrix _weights;
    private readonly ModelOutput[] _outputs;

    private KernelRidge(EstimatorNode node, PairwiseKernel kernel, Matrix weights, bool hasTargets)
    {
        _kernel = kernel;
        _weights = weights;
        _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, hasTargets ? weights.Rows : 0)];
        FeatureNames = node.FeatureNames;
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override int FeatureCount => _kernel.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var kernel = PairwiseKernel.Read(node, "X_fit_");
        var hasTargets = node.Required("dual_coef_") is not NdArray { Rank: 1 };
        var weights = hasTargets ? node.Matrix("dual_coef_", rows: kernel.Count).Transpose() : new Matrix(1, kernel.Count, node.Vector("dual_coef_", kernel.Count), false);
        return node.FeatureCount < 0 || node.FeatureCount == kernel.Width
            ? new KernelRidge(node, kernel, weights, hasTargets)
            : throw node.Error($"'X_fit_' has {kernel.Width} columns, 'n_features_in_' is {node.FeatureCount}");
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_kernel.TakesSparse)
        {
            Kernels.RequireDenseInput(kind, "KernelRidge with this kernel");
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (!wanted.HasFlag(Methods.Predict))
        {
            return;
        }

        var rows = _kernel.Prepare(x, scratch);
        var values = scratch.Dense(1, _kernel.Count).Row(0);
        var y = scratch.Dense(x.Rows, _weights.Rows);
        for (var row = 0; row < x.Rows; row++)
        {
            scratch.Step((long)values.Length * _weights.Rows);
            _kernel.Fill(rows, row, values);
            for (var k = 0; k < _weights.Rows; k++)
            {
                y.Row(row)[k] = Kernels.Dot(values, _weights.Row(k));
            }
        }

        results.Add(_outputs[0], y);
    }
}
