using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>FeatureAgglomeration</c>: the mean, highest, lowest or middle value of each group of columns.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/cluster/_feature_agglomeration.py</c>, <c>transform</c>; the same since 0.22. A mean is summed column after column
/// and always a double; the other functions keep float32.
/// </remarks>
internal sealed class FeatureAgglomeration : NumericTransformer
{
    private readonly Pooling _pooling;
    private readonly int[][] _groups;

    private FeatureAgglomeration(EstimatorNode node, int[] labels)
        : base(node, labels.Length)
    {
        _pooling = ReadPooling(node);
        _groups = [.. Enumerable.Range(0, labels.Max() + 1).Select(label => Enumerable.Range(0, labels.Length).Where(j => labels[j] == label).ToArray())];
        if (_groups.Any(group => group.Length == 0))
        {
            throw node.Error("'labels_' leaves out a group of columns");
        }
    }

    private enum Pooling
    {
        Mean,
        Highest,
        Lowest,
        Median,
    }

    public static Estimator Read(EstimatorNode node)
    {
        var labels = node.Array("labels_") is { Rank: 1, Size: > 0, Type.Kind: DTypeKind.Int64 or DTypeKind.Int32 } array ? array.ToInt64s() : null;
        return labels is not null && !labels.AsSpan().ContainsAnyExceptInRange(0, labels.Length - 1)
            ? new FeatureAgglomeration(node, [.. labels.Select(label => (int)label)])
            : throw node.Unexpected("labels_", "the number of a group for each column");
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _groups.Length;

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        Kernels.RequireFinite(x, Name);
        var work = scratch.Dense(1, x.Columns).Values;
        var isSingle = x.IsSingle && _pooling != Pooling.Mean;
        for (var row = 0; row < x.Rows; row++)
        {
            var from = rows.Row(row);
            var to = ((DenseBlock)y).Row(row);
            for (var k = 0; k < to.Length; k++)
            {
                var group = _groups[k];
                var values = work[..group.Length];
                for (var i = 0; i < group.Length; i++)
                {
                    values[i] = from[group[i]];
                }

                var pooled = Pool(values);
                to[k] = isSingle ? (float)pooled : pooled;
            }
        }

        y.IsSingle = isSingle;
    }

    private static Pooling ReadPooling(EstimatorNode node) => node.Required("pooling_func") is PyGlobal { Module: "numpy" or "numpy.core.fromnumeric" or "numpy.lib.function_base", Name: var name }
        ? name switch
        {
            "mean" => Pooling.Mean,
            "max" or "amax" => Pooling.Highest,
            "min" or "amin" => Pooling.Lowest,
            "median" => Pooling.Median,
            _ => throw node.Error($"'pooling_func' is numpy.{name}; mean, max, min and median can be served"),
        }
        : throw node.Unexpected("pooling_func", "mean, max, min or median of numpy; a function of one's own cannot be served");

    private double Pool(Span<double> values)
    {
        if (_pooling == Pooling.Mean)
        {
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            return sum / values.Length;
        }

        values.Sort();
        return _pooling switch
        {
            Pooling.Highest => values[^1],
            Pooling.Lowest => values[0],
            _ => values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2,
        };
    }
}
