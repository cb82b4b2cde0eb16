using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>KNeighborsRegressor</c> and <c>RadiusNeighborsRegressor</c>: the mean of the neighbors' targets, of one target or several.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/neighbors/_regression.py</c>; the same since 0.22. A row without neighbors within the radius is answered with
/// NaN, or where the targets were integers with what numpy makes of a NaN among integers.
/// </remarks>
internal sealed class NeighborRegressor : NeighborEstimator
{
    private readonly ModelOutput[] _outputs;
    private readonly Matrix _targets;
    private readonly double _empty;

    private NeighborRegressor(EstimatorNode node, bool hasRadius)
        : base(node, hasRadius)
    {
        var array = node.Array("_y");
        if (!array.IsNumeric || array.Rank is < 1 or > 2 || array.Shape[0] != Search.Count || array.Size == 0)
        {
            throw node.Unexpected("_y", $"the targets of {Search.Count} fitted rows");
        }

        var outputs = array.Size / Search.Count;
        _targets = new Matrix(Search.Count, outputs, array.ToDoubles(), array.Type.Kind == DTypeKind.Float32);
        _empty = array.Type.Kind < DTypeKind.Float16 ? long.MinValue : double.NaN;
        _outputs = [new(Methods.Predict, "predict", OutputKind.Float64, array.Rank == 1 ? 0 : outputs)];
    }

    public override Methods Methods => Methods.Predict;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator ReadNearest(EstimatorNode node) => new NeighborRegressor(node, hasRadius: false);

    public static Estimator ReadWithin(EstimatorNode node) => new NeighborRegressor(node, hasRadius: true);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            base.Run(wanted, x, scratch, results);
        }
    }

    protected override NeighborAnswer Begin(Methods wanted, int rows, Scratch scratch)
    {
        var y = scratch.Dense(rows, _targets.Columns);
        y.IsSingle = _targets.IsSingle && !IsWeighted;
        return new NeighborAnswer(y, []);
    }

    protected override void Answer(int row, ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> work, NeighborAnswer answer)
    {
        var y = answer.Numbers.Row(row);
        for (var k = 0; k < y.Length; k++)
        {
            y[k] = neighbors.IsEmpty ? _empty
                : IsWeighted ? WeightedMean(neighbors, weights, k, work)
                : answer.Numbers.IsSingle ? SingleMean(neighbors, k)
                : Mean(neighbors, k);
        }
    }

    protected override void End(Methods wanted, NeighborAnswer answer, Scratch scratch, Results results) => results.Add(_outputs[0], answer.Numbers);

    private double Mean(ReadOnlySpan<int> neighbors, int output)
    {
        var sum = 0.0;
        foreach (var neighbor in neighbors)
        {
            sum += _targets.Row(neighbor)[output];
        }

        return sum / neighbors.Length;
    }

    private float SingleMean(ReadOnlySpan<int> neighbors, int output)
    {
        var sum = 0f;
        foreach (var neighbor in neighbors)
        {
            sum += (float)_targets.Row(neighbor)[output];
        }

        return sum / neighbors.Length;
    }

    private double WeightedMean(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, int output, Span<double> work)
    {
        var products = work[..neighbors.Length];
        for (var i = 0; i < neighbors.Length; i++)
        {
            products[i] = _targets.Row(neighbors[i])[output] * weights[i];
        }

        return NumpySum.Of(products) / NumpySum.Of(weights);
    }
}
