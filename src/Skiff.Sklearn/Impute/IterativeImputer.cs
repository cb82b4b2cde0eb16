using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>IterativeImputer</c>: fills the gaps simply at first, then column by column with what a model of the other columns predicts.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/impute/_iterative.py</c>, <c>transform</c>. Columns without any value in the training data are left out. With
/// <c>keep_empty_features=True</c> they keep the first filling; the releases 1.2 to 1.5 then stop at it for every column, since they take all
/// columns for wholly missing. A table without any value at all is filled simply, too.
/// </remarks>
internal sealed class IterativeImputer : NumericTransformer
{
    private readonly MissingValue _missing;
    private readonly double[] _statistics;
    private readonly bool[] _isImputed;
    private readonly int[] _kept;
    private readonly int[] _indicated;
    private readonly ImputationStep[] _steps;
    private readonly int _widest;

    private IterativeImputer(EstimatorNode node, double[] statistics, EstimatorNode simple)
        : base(node, statistics.Length)
    {
        _statistics = statistics;
        _missing = MissingValue.Read(node);
        if (_missing.Need == ColumnNeed.Text)
        {
            throw node.Unexpected("missing_values", "NaN, None or a number");
        }

        var keepsEmpty = node.Flag("keep_empty_features", false);
        var isEmpty = ReadEmpty(node, statistics, simple);
        _kept = [.. Enumerable.Range(0, statistics.Length).Where(column => keepsEmpty || !isEmpty[column])];
        _isImputed = [.. _kept.Select(column => !isEmpty[column])];
        _indicated = MissingIndicator.ReadAdded(node, statistics.Length);

        // Since 1.6 the file says which columns are empty; the releases before took the others for missing where empty ones are kept.
        var stopsAtFirst = node.CheckedInteger("n_iter_", 0, int.MaxValue) == 0 || (keepsEmpty && !node.Has("_is_empty_feature"));
        _steps = stopsAtFirst ? [] : ImputationStep.ReadAll(node, _kept.Length);
        _widest = _steps.Length == 0 ? 0 : _steps.Max(step => step.Others.Length);
        if (_steps.Length > 0 && node.Flag("sample_posterior", false))
        {
            throw node.Error("'sample_posterior' is True, with which transform draws random numbers; fit it with sample_posterior=False to have it served");
        }
    }

    public static Estimator Read(EstimatorNode node)
    {
        if (node.Required("initial_imputer_") is not PyInstance { Type: { Module: "sklearn.impute._base", Name: "SimpleImputer" } } instance)
        {
            throw node.Unexpected("initial_imputer_", "a SimpleImputer");
        }

        var simple = new EstimatorNode(node.Context, instance, "SimpleImputer", node.Join("initial_imputer_"));

        // Those of a constant are an array of objects.
        var statistics = simple.List("statistics_")
            .Select(value => EstimatorNode.AsNumber(value) ?? throw simple.Error($"'statistics_' holds {Describe.Value(value)}; expected numbers"));
        return new IterativeImputer(node, [.. statistics], simple);
    }

    public override int OutputColumn(int column) => Array.IndexOf(_kept, column);

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, Name);
    }

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _kept.Length + _indicated.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var rows = RequireDense(x);
        _missing.Check(x, Name);
        y.IsSingle = x.IsSingle;
        var target = (DenseBlock)y;
        if (FillSimply(rows, target) && _steps.Length > 0)
        {
            var seen = scratch.Dense(x.Rows, _widest);
            var places = scratch.Integers(x.Rows);
            var results = scratch.State<Results>();
            foreach (var step in _steps)
            {
                var count = Gaps(rows, _kept[step.Column], places);
                if (count > 0)
                {
                    step.Run(target, places[..count], seen, scratch, results);
                }
            }
        }
    }

    // Before 1.6 a column is empty whose statistic is NaN; a constant never is for being empty.
    private static bool[] ReadEmpty(EstimatorNode node, double[] statistics, EstimatorNode simple)
    {
        if (!node.Has("_is_empty_feature"))
        {
            var isConstant = simple.Text("strategy") == "constant";
            return [.. statistics.Select(value => double.IsNaN(value) && !isConstant)];
        }

        return node.Array("_is_empty_feature") is { Rank: 1, Type.Kind: DTypeKind.Bool } flags && flags.Size == statistics.Length
            ? [.. flags.ToDoubles().Select(flag => flag != 0)]
            : throw node.Unexpected("_is_empty_feature", $"{statistics.Length} booleans");
    }

    private int Gaps(DenseBlock x, int column, Span<int> places)
    {
        var count = 0;
        for (var row = 0; row < x.Rows; row++)
        {
            if (_missing.Is(x.Row(row)[column]))
            {
                places[count++] = row;
            }
        }

        return count;
    }

    // Whether some cell has a value: where none has, scikit-learn leaves it at this.
    private bool FillSimply(DenseBlock x, DenseBlock y)
    {
        var hasValue = false;
        for (var row = 0; row < x.Rows; row++)
        {
            var from = x.Row(row);
            var to = y.Row(row);
            for (var i = 0; i < _kept.Length; i++)
            {
                var isMissing = _missing.Is(from[_kept[i]]);
                var statistic = _statistics[_kept[i]];
                to[i] = !isMissing ? from[_kept[i]] : x.IsSingle ? (float)statistic : statistic;
                hasValue |= !isMissing || !_isImputed[i];
            }

            for (var i = 0; i < _indicated.Length; i++)
            {
                to[_kept.Length + i] = _missing.Is(from[_indicated[i]]) ? 1 : 0;
            }
        }

        return hasValue;
    }
}
