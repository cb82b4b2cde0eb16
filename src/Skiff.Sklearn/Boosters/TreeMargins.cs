using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Where the sum of an output starts, and what <c>dart</c> makes of its leaves.</summary>
internal enum TreeSum
{
    /// <summary>From the bias, leaf after leaf: since 1.3, with weights since 1.4.</summary>
    FromBias,

    /// <summary>From zero, and the bias comes last: until then.</summary>
    FromZero,

    /// <summary>From the bias; each weighted leaf is the difference of a sum with the bias: the in-place predictions of <c>dart</c> from 1.4 to 3.2.</summary>
    ByDifference,
}

/// <summary><c>gbtree</c> and <c>dart</c>.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/predictor/cpu_predictor.cc</c> and <c>src/gbm/gbtree.cc</c>; 1.2, <c>PredValue</c>, for sums from zero; 3.0,
/// <c>Dart::InplacePredict</c>, for sums by difference.
/// </remarks>
internal sealed class TreeMargins : BoosterMargins
{
    private readonly TreeSet<float> _trees;
    private readonly float[] _leaves;
    private readonly int _width;
    private readonly int[]? _columns;
    private readonly bool _fromZero;

    private TreeMargins(BoosterModel model, float[] bias, InputPolicy policy, TreeSet<float> trees, float[] leaves, int width, int[]? columns, bool fromZero)
        : base(model.Features, bias, policy)
    {
        _trees = trees;
        _leaves = leaves;
        _width = width;
        _columns = columns;
        _fromZero = fromZero;
    }

    public override long Size => _trees.Size + (_leaves.Length * (long)sizeof(float)) + ((_columns?.Length ?? 0) * (long)sizeof(int));

    /// <summary>Lays the first trees of a model out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="bias">Where the sum of each output starts.</param>
    /// <param name="policy">What is refused in rows, and what is missing in them.</param>
    /// <param name="count">How many trees are walked.</param>
    /// <param name="sum">How leaves are added up.</param>
    /// <exception cref="PayloadException">The trees do not fit the model.</exception>
    public static TreeMargins Build(BoosterModel model, float[] bias, InputPolicy policy, int count, TreeSum sum)
    {
        var width = model.Trees.Count == 0 ? 1 : model.Trees[0].Width;
        Check(model, width);
        var builder = new TreeBuilder<float>(model.Features, model.Trees.Take(count).Sum(tree => (long)tree.Arrays.Left.Length));
        var leaves = new List<float>();
        for (var i = 0; i < count; i++)
        {
            var tree = model.Trees[i];
            var (place, group) = (i, width > 1 ? 0 : model.Groups[i]);
            foreach (var leaf in builder.Add(SplitThreshold.SendNoneLeft(tree.Arrays), what => throw new PayloadException($"tree {place}: {what}")))
            {
                var values = tree.ValuesOf(leaf);
                for (var k = 0; k < width; k++)
                {
                    leaves.Add(Weighted(values[k], model.Weights?[i], bias[group + k], sum));
                }
            }
        }

        return new TreeMargins(
            model, bias, policy, builder.Build(), [.. leaves], width, width > 1 || bias.Length == 1 ? null : model.Groups, sum == TreeSum.FromZero);
    }

    public override DenseBlock Run(Block x, Scratch scratch)
    {
        var y = scratch.Dense(x.Rows, Outputs);
        if (_fromZero)
        {
            y.Values.Clear();
        }
        else
        {
            Fill(y, Bias);
        }

        var sink = new SingleSums(_leaves, _width, _columns, y);
        _trees.Walk(x, Policy, scratch, ref sink);
        if (_fromZero)
        {
            AddBias(y);
        }

        return y;
    }

    private static float Weighted(float value, float? weight, float bias, TreeSum sum) => (weight, sum) switch
    {
        (null, _) => value,
        ({ } w, TreeSum.ByDifference) => (float)((float)((float)(bias + value) - bias) * w),
        ({ } w, _) => value * w,
    };

    private static void Check(BoosterModel model, int width)
    {
        if (model.Groups.Length != model.Trees.Count)
        {
            throw new PayloadException($"'tree_info' names the outputs of {model.Groups.Length} trees; there are {model.Trees.Count}");
        }

        if (model.Weights is { } weights && weights.Length != model.Trees.Count)
        {
            throw new PayloadException($"there are {weights.Length} weights for {model.Trees.Count} trees");
        }

        if (width > 1 && width != model.Outputs)
        {
            throw new PayloadException($"a leaf has {width} values; there are {model.Outputs} outputs");
        }

        for (var i = 0; i < model.Trees.Count; i++)
        {
            if (model.Trees[i].Width != width)
            {
                throw new PayloadException($"tree {i}: a leaf has {model.Trees[i].Width} values, one of the first tree has {width}");
            }

            if (width == 1 && (uint)model.Groups[i] >= (uint)model.Outputs)
            {
                throw new PayloadException($"tree {i} adds to output {model.Groups[i]}; there are {model.Outputs}");
            }
        }
    }

    private void AddBias(DenseBlock y)
    {
        for (var row = 0; row < y.Rows; row++)
        {
            var sums = y.Row(row);
            for (var k = 0; k < sums.Length; k++)
            {
                sums[k] = (float)(Bias[k] + sums[k]);
            }
        }
    }
}
