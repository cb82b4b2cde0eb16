using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>How much each column matters to a fitted model: <c>coef_</c>, <c>feature_importances_</c>, or what <c>importance_getter</c> names.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_selection/_base.py</c>, <c>_get_feature_importances</c>. Before 0.24 the importances come first where a
/// model has both, and are taken as they are.
/// </remarks>
internal static class ModelImportances
{
    /// <summary>The importance of each column, none below zero: absolute values, or the norm over the rows of <c>coef_</c>.</summary>
    public static double[] Read(EstimatorNode node, PyInstance estimator)
    {
        if (node.Version < new SklearnVersion(0, 24) && TreeImportances.Find(node, estimator) is { } early)
        {
            return early;
        }

        var getter = node.Has("importance_getter") ? node.Text("importance_getter") : "auto";
        if (getter != "auto")
        {
            var path = getter.Split('.');
            var owner = path.SkipLast(1).Aggregate(estimator, (at, name) => Step(node, at, name));
            return Named(node, owner, path[^1]) ?? throw node.Error($"'importance_getter' is '{getter}', which {owner.Type} does not have");
        }

        return Named(node, estimator, "coef_") ?? Named(node, estimator, "feature_importances_")
            ?? throw node.Error($"the importances of {estimator.Type} are not known; models with coef_ and trees of scikit-learn have them");
    }

    /// <summary>An attribute, or null.</summary>
    public static object? Attribute(PyInstance instance, string name) => instance.Attributes.TryGetValue(name, out var value) ? value : null;

    private static double[]? Named(EstimatorNode node, PyInstance estimator, string name) => Attribute(estimator, name) switch
    {
        null when name == "feature_importances_" => TreeImportances.Find(node, estimator)?.Select(Math.Abs).ToArray(),
        null => null,
        NdArray { IsNumeric: true, Rank: 1 } vector => [.. vector.ToDoubles().Select(Math.Abs)],
        NdArray { IsNumeric: true, Rank: 2 } array => Norm(node, array.Shape[0], array.Shape[1], array.ToDoubles()),
        PyInstance sparse when ScipySparse.TryReadCsr(sparse, out var csr, out _) => Norm(node, csr),
        var value => throw node.Error($"'{name}' of its estimator is {Describe.Value(value)}; expected numbers"),
    };

    private static double[] Norm(EstimatorNode node, Csr csr)
    {
        if ((long)csr.Rows * csr.Columns > 1 << 27)
        {
            throw node.Error($"the sparse 'coef_' of its estimator is of ({csr.Rows}, {csr.Columns}), which is too large");
        }

        var values = new double[csr.Rows * csr.Columns];
        for (var row = 0; row < csr.Rows; row++)
        {
            for (var i = csr.RowStarts[row]; i < csr.RowStarts[row + 1]; i++)
            {
                values[(row * csr.Columns) + csr.ColumnIndices[i]] += csr.Values[i];
            }
        }

        return Norm(node, csr.Rows, csr.Columns, values);
    }

    // numpy.linalg.norm along the rows.
    private static double[] Norm(EstimatorNode node, int rows, int columns, double[] values)
    {
        var order = node.Number("norm_order", 1);
        if (rows == 0 || order == 0 || double.IsNaN(order))
        {
            throw node.Error($"the norm of order {PyFloat.Format(order)} of a 'coef_' with {rows} rows is not known");
        }

        var norms = new double[columns];
        for (var j = 0; j < columns; j++)
        {
            norms[j] = Norm(values.AsSpan(j), rows, columns, order);
        }

        return norms;
    }

    private static double Norm(ReadOnlySpan<double> column, int rows, int stride, double order)
    {
        var norm = order == double.NegativeInfinity ? double.PositiveInfinity : 0.0;
        for (var row = 0; row < rows; row++)
        {
            var value = Math.Abs(column[row * stride]);
            norm = order switch
            {
                double.PositiveInfinity => Math.Max(norm, value),
                double.NegativeInfinity => Math.Min(norm, value),
                1 => norm + value,
                2 => norm + (value * value),
                _ => norm + Math.Pow(value, order),
            };
        }

        return order switch
        {
            2 => Math.Sqrt(norm),
            1 or double.PositiveInfinity or double.NegativeInfinity => norm,
            _ => Math.Pow(norm, 1 / order),
        };
    }

    // 'regressor_', 'best_estimator_', or 'named_steps' with the name of a step after it.
    private static PyInstance Step(EstimatorNode node, PyInstance at, string name)
    {
        if (name == "named_steps" && Attribute(at, "steps") is not null)
        {
            return at;
        }

        var value = Attribute(at, name);
        if (value is null && EstimatorNode.Items(Attribute(at, "steps")) is { } steps)
        {
            value = steps.Select(EstimatorNode.Items).FirstOrDefault(step => step is { Count: 2 } && step[0] is string found && found == name)?[1];
        }

        return value as PyInstance ?? throw node.Error($"'importance_getter' names '{name}', which {at.Type} does not have");
    }
}
