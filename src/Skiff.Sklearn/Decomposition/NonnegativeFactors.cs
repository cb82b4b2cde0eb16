using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>NMF</c>: the nonnegative factors by which the components give each row, solved for by coordinate descent or multiplicative updates.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_nmf.py</c>, <c>NMF._fit_transform</c>, and <c>_cdnmf_fast.pyx</c>; the same since 0.22 but for what
/// <see cref="FactorPenalty"/> and <see cref="MultiplicativeUpdate"/> say. All rows of a call stop together: their answers depend, within the
/// tolerance, on each other, here as there.
/// </remarks>
internal sealed class NonnegativeFactors : NumericTransformer
{
    // The multiplicative updates look at what they have reached once in so many.
    private const int Interval = 10;

    private readonly LinearFunction _projection;
    private readonly double[] _products;
    private readonly FactorPenalty _penalty;
    private readonly MultiplicativeUpdate? _update;
    private readonly bool _refusesZeros;
    private readonly double _beta;
    private readonly double _tolerance;
    private readonly int _maxIterations;
    private readonly uint? _seed;
    private readonly bool _isSingle;

    private NonnegativeFactors(EstimatorNode node, Matrix components)
        : base(node, components.Columns)
    {
        _isSingle = components.IsSingle;
        _projection = new LinearFunction(components, [0]);
        _penalty = FactorPenalty.Read(node, components.Columns);
        _products = FactorProducts.Of(components);
        for (var k = 0; k < components.Rows; k++)
        {
            ref var square = ref _products[(k * components.Rows) + k];
            square = Round(square + _penalty.Second);
        }

        _beta = MultiplicativeUpdate.ReadBeta(node, "beta_loss");
        _refusesZeros = _beta <= 0;
        _tolerance = SolverLimits.Tolerance(node, "tol");
        _maxIterations = SolverLimits.Iterations(node, "max_iter", lowest: 1);
        switch (node.Text("solver"))
        {
            case "mu":
                _update = new MultiplicativeUpdate(node, components, _beta);
                break;
            case "cd" when _beta == 2:
                _seed = node.Flag("shuffle") ? Seed(node) : null;
                break;
            case "cd":
                throw node.Unexpected("beta_loss", "'frobenius', which is all that solver 'cd' knows");
            default:
                throw node.Unexpected("solver", "'cd' or 'mu'");
        }
    }

    public static Estimator Read(EstimatorNode node) => new NonnegativeFactors(node, FactorProducts.ReadComponents(node));

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _projection.Outputs;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        Kernels.RequireNotNegative(x, Name);
        if (x.IsSingle != _isSingle && x.Rows > 0)
        {
            throw new InputException(InputErrorKind.Value, $"{Name} was fitted on {(_isSingle ? "float32" : "float64")} and takes nothing else");
        }

        var factors = (DenseBlock)y;
        if (_update is null)
        {
            Descend(x, factors, scratch);
        }
        else
        {
            Multiply(x, factors, _update, scratch);
        }

        y.IsSingle = _isSingle;
    }

    // What is shuffled without a seed answers at random there, and from a generator's state otherwise at each call.
    private static uint Seed(EstimatorNode node) =>
        EstimatorNode.AsInteger(node.Optional("random_state")) is >= 0 and <= uint.MaxValue and var seed
            ? (uint)seed
            : throw node.Error("'shuffle' without an integer 'random_state' gives other answers at each call, and is not served");

    private void Descend(Block x, DenseBlock factors, Scratch scratch)
    {
        var targets = _projection.Run(x, scratch);
        for (var row = 0; row < x.Rows; row++)
        {
            factors.Row(row).Clear();
            foreach (ref var target in targets.Row(row))
            {
                target = Round(target - _penalty.First);
            }
        }

        var order = scratch.Integers(factors.Columns);
        for (var k = 0; k < order.Length; k++)
        {
            order[k] = k;
        }

        var random = _seed is { } seed ? Begin(scratch, seed) : null;
        var first = 0.0;
        for (var iteration = 0; iteration < _maxIterations; iteration++)
        {
            random?.Permute(order);
            var violation = 0.0;
            foreach (var k in order)
            {
                scratch.Step((long)factors.Rows * factors.Columns);
                violation = Descend(targets, factors, k, violation);
            }

            first = iteration == 0 ? violation : first;
            if (first == 0 || violation / first <= _tolerance)
            {
                return;
            }
        }
    }

    private static LegacyRandom Begin(Scratch scratch, uint seed)
    {
        var random = scratch.State<LegacyRandom>();
        random.Seed(seed);
        return random;
    }

    // One coordinate of every row; what a sum comes to turns on its order where little is left to go.
    private double Descend(DenseBlock targets, DenseBlock factors, int k, double violation)
    {
        var products = _products.AsSpan(k * factors.Columns, factors.Columns);
        for (var row = 0; row < factors.Rows; row++)
        {
            var weights = factors.Row(row);
            var gradient = -targets.Row(row)[k];
            for (var r = 0; r < weights.Length; r++)
            {
                gradient = Round(gradient + Round(products[r] * weights[r]));
            }

            violation = Round(violation + (weights[k] != 0 || gradient < 0 ? Math.Abs(gradient) : 0));
            if (products[k] != 0)
            {
                var moved = Round(weights[k] - Round(gradient / products[k]));
                weights[k] = moved < 0 ? 0 : moved;
            }
        }

        return violation;
    }

    private void Multiply(Block x, DenseBlock factors, MultiplicativeUpdate update, Scratch scratch)
    {
        var cells = FactorProducts.Cells(x, scratch);
        if (_refusesZeros)
        {
            RequireNoZeros(cells);
        }

        var start = Round(update.Start(cells));
        var work = scratch.Dense(3, factors.Columns);
        var sums = work.Row(2);
        update.Sums.CopyTo(sums);
        for (var row = 0; row < x.Rows; row++)
        {
            factors.Row(row).Fill(start);
        }

        var isSparse = x.Kind == BlockKind.Csr;
        var first = update.Distance(cells, factors, isSparse, scratch);
        var last = first;
        for (var iteration = 1; iteration <= _maxIterations; iteration++)
        {
            // Each step adds the penalty to the sums once more: scikit-learn keeps them from step to step and adds in place.
            update.Penalize(sums);
            for (var row = 0; row < x.Rows; row++)
            {
                scratch.Step(update.WorkOf(cells, row));
                update.Move(cells, row, factors.Row(row), sums, work);
                Settle(factors.Row(row));
            }

            if (_tolerance > 0 && iteration % Interval == 0)
            {
                var distance = update.Distance(cells, factors, isSparse, scratch);
                if ((last - distance) / first < _tolerance)
                {
                    return;
                }

                last = distance;
            }
        }
    }

    private void Settle(Span<double> factors)
    {
        foreach (ref var factor in factors)
        {
            factor = Round(_beta < 1 && factor < Math.Pow(2, -52) ? 0 : factor);
        }
    }

    private void RequireNoZeros(CsrBlock cells)
    {
        for (var row = 0; row < cells.Rows; row++)
        {
            if (cells.Indices(row).Length < cells.Columns || cells.Values(row).Contains(0))
            {
                throw new InputException(InputErrorKind.Value, $"{Name} with a 'beta_loss' of zero or less does not accept zeros");
            }
        }
    }

    private double Round(double value) => _isSingle ? (float)value : value;
}
