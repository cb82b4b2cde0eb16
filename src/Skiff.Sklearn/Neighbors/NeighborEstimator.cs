using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What classifiers and regressors by neighbors share: their search, and the weights of what it finds.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neighbors/_base.py</c>; weights by distance are those of <c>_get_weights</c>. The same since 0.22.</remarks>
internal abstract class NeighborEstimator : Estimator
{
    private readonly bool _hasRadius;
    private readonly int _count;
    private readonly double _radius;
    private readonly bool _isSearchable;

    protected NeighborEstimator(EstimatorNode node, bool hasRadius)
    {
        Name = node.ClassName;
        Search = SearchReader.Read(node);
        IsWeighted = ReadWeights(node);
        FeatureNames = node.FeatureNames;
        _hasRadius = hasRadius;
        _isSearchable = Search.TakesSparse;
        if (hasRadius)
        {
            _radius = node.Number("radius");
        }
        else
        {
            _count = node.CheckedInteger("n_neighbors", 1, Search.Count);
        }
    }

    public override int FeatureCount => Search.Width;

    public override IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>The estimator's name, for messages.</summary>
    protected string Name { get; }

    /// <summary>Whether near neighbors count more.</summary>
    protected bool IsWeighted { get; }

    /// <summary>The search.</summary>
    protected NeighborSearch Search { get; }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        if (!_isSearchable)
        {
            Kernels.RequireDenseInput(kind, $"{Name} with a tree");
        }
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Kernels.RequireFinite(x, Name);
        Columns.RequireWidth(x, Search.Width, Name);
        var dense = scratch.Dense(1, x.Columns).Values;
        var work = NeighborBuffer.Of(Search.Count, scratch);
        var found = NeighborBuffer.Of(_hasRadius ? Search.Count : _count, scratch);
        var answer = Begin(wanted, x.Rows, scratch);
        for (var row = 0; row < x.Rows; row++)
        {
            var query = RowOf(x, row, dense);
            var count = _count;
            if (_hasRadius)
            {
                count = Search.Within(query, _radius, found, work);
            }
            else
            {
                Search.Nearest(query, found, work);
            }

            var distances = found.Distances[..count];
            if (IsWeighted)
            {
                Weigh(distances);
            }

            Answer(row, found.Indices[..count], distances, work.Distances, answer);
        }

        End(wanted, answer, scratch, results);
    }

    /// <summary>A row with all its cells.</summary>
    /// <param name="x">Where it is, dense or sparse.</param>
    /// <param name="row">Which.</param>
    /// <param name="dense">Memory for a sparse one.</param>
    internal static ReadOnlySpan<double> RowOf(Block x, int row, Span<double> dense)
    {
        if (x is DenseBlock block)
        {
            return block.Row(row);
        }

        var sparse = (CsrBlock)x;
        var indices = sparse.Indices(row);
        var values = sparse.Values(row);
        dense.Clear();
        for (var i = 0; i < indices.Length; i++)
        {
            dense[indices[i]] += values[i];
        }

        return dense;
    }

    /// <summary>Memory for the answers.</summary>
    protected abstract NeighborAnswer Begin(Methods wanted, int rows, Scratch scratch);

    /// <summary>Answers for a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="neighbors">The fitted rows near it.</param>
    /// <param name="weights">Their weights, where they are weighted.</param>
    /// <param name="work">Memory for a number a fitted row.</param>
    /// <param name="answer">Where the answer goes.</param>
    protected abstract void Answer(int row, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> work, NeighborAnswer answer);

    /// <summary>Adds what is wanted.</summary>
    protected abstract void End(Methods wanted, NeighborAnswer answer, Scratch scratch, Results results);

    // Where rows are at no distance they alone count, each as one; among the nearest the same holds of a distance too small to be divided by.
    private void Weigh(Span<double> distances)
    {
        var hasZero = false;
        foreach (var distance in distances)
        {
            hasZero |= _hasRadius ? distance == 0 : double.IsInfinity(1 / distance);
        }

        foreach (ref var distance in distances)
        {
            var isZero = _hasRadius ? distance == 0 : double.IsInfinity(1 / distance);
            distance = hasZero ? isZero ? 1 : 0 : 1 / distance;
        }
    }

    private static bool ReadWeights(EstimatorNode node) => node.Optional("weights") switch
    {
        null or "uniform" => false,
        "distance" => true,
        var other => throw node.Error($"'weights' is {Describe.Value(other)}; uniform and distance can be served, a function of one's own cannot"),
    };
}

/// <summary>The answers of one call while they are made.</summary>
/// <param name="Numbers">Probabilities or targets, all outputs side by side.</param>
/// <param name="Codes">Labels, all outputs side by side; empty for a regressor.</param>
internal readonly record struct NeighborAnswer(DenseBlock Numbers, int[] Codes);
