using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What regressors of one output or several share.</summary>
internal abstract class TreeRegressor : Estimator
{
    private readonly ModelOutput[] _outputs;

    /// <param name="node">The estimator.</param>
    /// <param name="outputs">How many numbers a row gives.</param>
    protected TreeRegressor(EstimatorNode node, int outputs)
    {
        Targets = outputs;
        FeatureNames = node.FeatureNames;
        _outputs = [new ModelOutput(Methods.Predict, "predict", OutputKind.Float64, outputs == 1 ? 0 : outputs)];
    }

    public sealed override Methods Methods => Methods.Predict;

    public sealed override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public sealed override IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>How many numbers a row gives.</summary>
    protected int Targets { get; }

    public sealed override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            var y = scratch.Dense(x.Rows, Targets);
            Fill(x, y, scratch);
            results.Add(_outputs[0], y);
        }
    }

    /// <summary>Fills the numbers of every row.</summary>
    protected abstract void Fill(Block x, DenseBlock y, Scratch scratch);
}
