using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>BernoulliRBM</c>: the probabilities of its hidden units, and the pseudo-likelihood of rows.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neural_network/_rbm.py</c>, <c>_mean_hiddens</c> and <c>score_samples</c>; the same since 0.22, in float32 since 1.0 where
/// rows and weights are. <c>score_samples</c> flips one unit of each row, by chance: with an integer as <c>random_state</c> always the same one of the
/// first row, of the second and so on. With any other it answers something else at every call, and is not served.
/// </remarks>
internal sealed class BernoulliRbm : NumericTransformer
{
    private readonly LinearFunction _hidden;
    private readonly Matrix _components;
    private readonly double[] _visible;
    private readonly uint? _seed;
    private readonly ModelOutput[] _outputs;

    private BernoulliRbm(EstimatorNode node, Matrix components)
        : base(node, components.Columns)
    {
        _hidden = new LinearFunction(components, node.Vector("intercept_hidden_", components.Rows));
        _components = components;
        _visible = node.Vector("intercept_visible_", components.Columns);
        _seed = EstimatorNode.AsInteger(node.Optional("random_state")) is { } seed and >= 0 and <= uint.MaxValue ? (uint)seed : null;
        var transform = new ModelOutput(Methods.Transform, "transform", OutputKind.Float64, components.Rows);
        _outputs = _seed is null ? [transform] : [transform, new(Methods.ScoreSamples, "score_samples", OutputKind.Float64, 0)];
    }

    public override Methods Methods => _seed is null ? Methods.Transform : Methods.Transform | Methods.ScoreSamples;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node) =>
        node.Matrix("components_") is { Rows: > 0 } components ? new BernoulliRbm(node, components) : throw node.Error("'components_' has no rows");

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _hidden.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var target = (DenseBlock)y;
        _hidden.Run(x, target, scratch);
        for (var row = 0; row < x.Rows; row++)
        {
            foreach (ref var value in target.Row(row))
            {
                value = Kernels.Expit(value);
            }

            if (target.IsSingle)
            {
                Singles.Round(target.Row(row));
            }
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        base.Run(wanted, x, scratch, results);
        if (wanted.HasFlag(Methods.ScoreSamples))
        {
            results.Add(_outputs[1], Score(x, scratch));
        }
    }

    private DenseBlock Score(Block x, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        var random = scratch.State<LegacyRandom>();
        random.Seed(_seed!.Value);
        var activations = _hidden.Run(x, scratch);
        var scores = scratch.Dense(x.Rows, 1);
        for (var row = 0; row < x.Rows; row++)
        {
            var unit = random.Below(_visible.Length);
            var step = 1 - (2 * Cell(x, row, unit));
            scores.Row(row)[0] = -_visible.Length * Softplus(FreeEnergyStep(activations.Row(row), unit, step));
        }

        return scores;
    }

    // How much less the free energy is after one visible unit has moved by a step.
    private double FreeEnergyStep(ReadOnlySpan<double> activations, int unit, double step)
    {
        var before = 0.0;
        var after = 0.0;
        for (var k = 0; k < activations.Length; k++)
        {
            before += Softplus(activations[k]);
            after += Softplus(activations[k] + (step * _components.Row(k)[unit]));
        }

        return (step * _visible[unit]) + after - before;
    }

    private static double Cell(Block x, int row, int column)
    {
        if (x is DenseBlock dense)
        {
            return dense.Row(row)[column];
        }

        var sparse = (CsrBlock)x;
        var place = sparse.Indices(row).IndexOf(column);
        return place < 0 ? 0 : sparse.Values(row)[place];
    }

    // log(1 + exp(x)), without overflow.
    private static double Softplus(double x) => Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x)));
}
