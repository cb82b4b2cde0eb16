using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>A column, those that it is predicted from, and what predicts it: a step of an <see cref="IterativeImputer"/>.</summary>
internal sealed class ImputationStep
{
    private readonly Estimator _estimator;
    private readonly double[]? _labels;
    private readonly double _lowest;
    private readonly double _highest;

    private ImputationStep(Estimator estimator, int column, int[] others, double[]? labels, (double Lowest, double Highest) limits)
    {
        _estimator = estimator;
        _labels = labels;
        (_lowest, _highest) = limits;
        Column = column;
        Others = others;
    }

    /// <summary>The column that is filled, among those that are kept.</summary>
    public int Column { get; }

    /// <summary>What it is predicted from.</summary>
    public int[] Others { get; }

    /// <summary>Reads <c>imputation_sequence_</c>.</summary>
    /// <param name="node">The imputer.</param>
    /// <param name="width">How many columns are kept.</param>
    public static ImputationStep[] ReadAll(EstimatorNode node, int width)
    {
        var lowest = Limits(node, "_min_value", width);
        var highest = Limits(node, "_max_value", width);
        return [.. node.List("imputation_sequence_")
            .Select((item, i) => Read(node, item, i, lowest, highest))
            .Where(step => step is not null)
            .Select(step => step!)];
    }

    /// <summary>Predicts the column in some rows.</summary>
    /// <param name="rows">All rows, filled so far.</param>
    /// <param name="places">The rows in which the column is missing.</param>
    /// <param name="seen">Memory for the columns that it is predicted from.</param>
    /// <param name="scratch">Working memory.</param>
    /// <param name="results">Where the estimator's answer goes, and is taken out again.</param>
    public void Run(DenseBlock rows, ReadOnlySpan<int> places, DenseBlock seen, Scratch scratch, Results results)
    {
        seen.Reshape(places.Length, Others.Length);
        seen.IsSingle = rows.IsSingle;
        for (var i = 0; i < places.Length; i++)
        {
            var from = rows.Row(places[i]);
            var to = seen.Row(i);
            for (var j = 0; j < to.Length; j++)
            {
                to[j] = from[Others[j]];
            }
        }

        try
        {
            Predict(rows, places, seen, scratch, results);
        }
        catch (InputException e) when (e.ColumnIndex >= 0 && e.ColumnIndex < Others.Length)
        {
            throw new InputException(e.Kind, $"row {places[Math.Clamp(e.Row, 0, places.Length - 1)]}: the values put into its gaps so far are not what column {Column} can be predicted from: {e.Message}", inner: e);
        }
    }

    private void Predict(DenseBlock rows, ReadOnlySpan<int> places, DenseBlock seen, Scratch scratch, Results results)
    {
        if (_labels is not null)
        {
            var codes = Inner.Codes(_estimator, seen, scratch, results);
            for (var i = 0; i < places.Length; i++)
            {
                Put(rows, places[i], _labels[codes[i]]);
            }

            return;
        }

        var numbers = Inner.Numbers(_estimator, Methods.Predict, seen, scratch, results);
        for (var i = 0; i < places.Length; i++)
        {
            Put(rows, places[i], numbers.Row(i)[0]);
        }
    }

    private void Put(DenseBlock rows, int row, double value)
    {
        var cut = Math.Min(Math.Max(value, _lowest), _highest);
        rows.Row(row)[Column] = rows.IsSingle ? (float)cut : cut;
    }

    // A number for all columns in 0.22, one each later.
    private static double[] Limits(EstimatorNode node, string name, int width)
    {
        if (node.Required(name) is null)
        {
            return [.. Enumerable.Repeat(name == "_min_value" ? double.NegativeInfinity : double.PositiveInfinity, width)];
        }

        var limits = node.Vector(name);
        return limits.Length == width ? limits
            : limits.Length == 1 ? [.. Enumerable.Repeat(limits[0], width)]
            : throw node.Error($"'{name}' has {limits.Length} numbers for {width} columns");
    }

    private static ImputationStep? Read(EstimatorNode node, object? item, int index, double[] lowest, double[] highest)
    {
        var path = $"imputation_sequence_[{index}]";
        if (item is not PyInstance { Type: { Module: "sklearn.impute._iterative", Name: "_ImputerTriplet" }, Arguments: [var feature, NdArray { Rank: 1 } neighbors, var fitted] }
            || EstimatorNode.AsInteger(feature) is not { } column || column < 0 || column >= lowest.Length)
        {
            throw node.UnexpectedItem("imputation_sequence_", index, item, $"a column from 0 to {lowest.Length - 1}, the columns that it is predicted from, and an estimator");
        }

        if (neighbors.Type.Kind is not (DTypeKind.Int64 or DTypeKind.Int32) || neighbors.Size == 0 || neighbors.ToInt64s().AsSpan().ContainsAnyExceptInRange(0, lowest.Length - 1))
        {
            throw node.Error($"'{path}' predicts from columns outside 0 to {lowest.Length - 1}");
        }

        var others = neighbors.ToInt32s();
        var estimator = node.Context.ReadEstimator(fitted, node.Join(path));
        return ReferenceEquals(estimator, UnreadEstimator.Instance) ? null
            : new ImputationStep(estimator, (int)column, others, Labels(node, path, estimator, others.Length), (lowest[column], highest[column]));
    }

    private static double[]? Labels(EstimatorNode node, string path, Estimator estimator, int width)
    {
        var outputs = estimator.Outputs.Where(output => output.Method == Methods.Predict).ToList();
        if (outputs is not [{ Columns: 0 or 1 } output])
        {
            throw node.Error($"the estimator of '{path}' does not predict one number a row");
        }

        if (estimator.FeatureCount >= 0 && estimator.FeatureCount != width)
        {
            throw node.Error($"the estimator of '{path}' takes {estimator.FeatureCount} columns, {width} are handed to it");
        }

        estimator.CheckInput(BlockKind.Dense);
        return output.Kind switch
        {
            OutputKind.Float64 => null,
            OutputKind.Label => [.. output.Labels!.Values.Select(label => EstimatorNode.AsNumber(label) ?? throw node.Error($"the estimator of '{path}' has the label {label}; numbers are imputed"))],
            _ => throw node.Error($"the estimator of '{path}' predicts places, not numbers"),
        };
    }
}
