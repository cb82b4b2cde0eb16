using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LatentDirichletAllocation</c>: the topics of each row, found by the E-step of variational Bayes.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/decomposition/_lda.py</c>, <c>_update_doc_distribution</c> and <c>transform</c>, and <c>_online_lda_fast.pyx</c>. Each
/// row stops by itself. Since 1.2 all of it is float32 where the fitted arrays are; before, float64 always. That <c>transform</c> can leave its
/// answer unnormalized (since 1.6) is an argument of the call, no part of a model: the answer is normalized.
/// </remarks>
internal sealed class LatentDirichletAllocation : NumericTransformer
{
    // The exponential and the digamma function, for Scratch.Step.
    private const int WorkPerTopic = 64;

    // The words' weights in all topics side by side, word by word.
    private readonly Matrix _topics;
    private readonly double _prior;
    private readonly double _start;
    private readonly double _tolerance;
    private readonly int _maxIterations;
    private readonly bool _isSingle;

    private LatentDirichletAllocation(EstimatorNode node, Matrix topics)
        : base(node, topics.Columns)
    {
        _topics = topics.Transpose();
        _isSingle = topics.IsSingle && node.Version >= new SklearnVersion(1, 2);
        _prior = Round(node.Number("doc_topic_prior_"));
        _start = Round(Math.Exp(Round(Psi(1) - Psi(topics.Rows))));
        _tolerance = SolverLimits.Tolerance(node, "mean_change_tol");
        _maxIterations = SolverLimits.Iterations(node, "max_doc_update_iter");
    }

    public static Estimator Read(EstimatorNode node) =>
        node.Matrix("exp_dirichlet_component_") is { Rows: > 0 } topics
            ? new LatentDirichletAllocation(node, topics)
            : throw node.Error("'exp_dirichlet_component_' has no rows");

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _topics.Columns;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        Kernels.RequireFinite(x, Name);
        Kernels.RequireNotNegative(x, Name);
        var words = scratch.Csr(FeatureCount);
        var work = scratch.Dense(2, _topics.Columns);
        var shares = scratch.Dense(1, FeatureCount).Row(0);
        var target = (DenseBlock)y;
        for (var row = 0; row < x.Rows; row++)
        {
            words.Reshape(FeatureCount);
            AppendWords(x, row, words);
            Solve(words, target.Row(row), work, shares, scratch);
            Normalize(target.Row(row));
        }

        y.IsSingle = _isSingle;
    }

    private void AppendWords(Block x, int row, CsrBlock words)
    {
        if (x is CsrBlock sparse)
        {
            Kernels.AppendRow(sparse, row, words, 0);
        }
        else
        {
            var cells = ((DenseBlock)x).Row(row);
            for (var j = 0; j < cells.Length; j++)
            {
                if (cells[j] != 0)
                {
                    words.Append(j, cells[j]);
                }
            }
        }

        words.EndRow();
        if (_isSingle)
        {
            Singles.Round(words.Values(0));
        }
    }

    private void Solve(CsrBlock words, Span<double> topics, DenseBlock work, Span<double> shares, Scratch scratch)
    {
        topics.Fill(1);
        var weights = work.Row(0);
        var next = work.Row(1);
        weights.Fill(_start);
        for (var iteration = 0; iteration < _maxIterations; iteration++)
        {
            scratch.Step(topics.Length * ((2L * words.Indices(0).Length) + WorkPerTopic));
            Update(words, weights, next, shares);
            Expect(next, weights);
            var change = 0.0;
            for (var k = 0; k < next.Length; k++)
            {
                change += Math.Abs(Round(topics[k] - next[k]));
            }

            next.CopyTo(topics);
            if (change / next.Length < _tolerance)
            {
                return;
            }
        }
    }

    // The counts of the words, shared out among the topics.
    private void Update(CsrBlock words, ReadOnlySpan<double> weights, Span<double> next, Span<double> shares)
    {
        var indices = words.Indices(0);
        var counts = words.Values(0);
        var epsilon = _isSingle ? Math.Pow(2, -23) : Math.Pow(2, -52);
        for (var i = 0; i < indices.Length; i++)
        {
            shares[i] = Round(counts[i] / Round(Round(Kernels.Dot(weights, _topics.Row(indices[i]))) + epsilon));
        }

        next.Clear();
        for (var i = 0; i < indices.Length; i++)
        {
            var word = _topics.Row(indices[i]);
            for (var k = 0; k < next.Length; k++)
            {
                next[k] += shares[i] * word[k];
            }
        }

        for (var k = 0; k < next.Length; k++)
        {
            next[k] = Round(weights[k] * Round(next[k]));
        }
    }

    // Adds the prior, and gives the exponential of the logarithm that is expected.
    private void Expect(Span<double> topics, Span<double> weights)
    {
        var total = 0.0;
        foreach (ref var topic in topics)
        {
            topic = Round(topic + _prior);
            total = Round(total + topic);
        }

        var whole = Psi(total);
        for (var k = 0; k < topics.Length; k++)
        {
            weights[k] = Round(Math.Exp(Round(Psi(topics[k]) - whole)));
        }
    }

    private void Normalize(Span<double> topics)
    {
        var sum = Round(NumpySum.Of(topics));
        foreach (ref var topic in topics)
        {
            topic = Round(topic / sum);
        }
    }

    // The digamma function as it is approximated there, quickly rather than exactly: what is expected depends on its errors.
    private double Psi(double x)
    {
        const double Euler = 0.57721566490153286;
        if (x <= 1e-6)
        {
            return Round(-Euler - (1 / x));
        }

        var result = 0.0;
        while (x < 6)
        {
            result = Round(result - (1 / x));
            x = Round(x + 1);
        }

        var r = Round(1 / x);
        result = Round(result + Math.Log(x) - (0.5 * r));
        r = Round(r * r);
        return Round(result - (r * ((1.0 / 12) - (r * ((1.0 / 120) - (r * (1.0 / 252)))))));
    }

    private double Round(double value) => _isSingle ? (float)value : value;
}
