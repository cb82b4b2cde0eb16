using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>QuadraticDiscriminantAnalysis</c>: a normal distribution a class, each with a covariance of its own.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/discriminant_analysis.py</c>, <c>QuadraticDiscriminantAnalysis</c>. Both solvers leave a rotation and the variances along
/// its axes. Until 1.5 the logarithms are those of the probabilities, and minus infinity where these underflow.
/// </remarks>
internal sealed class QuadraticDiscriminant : Classifier
{
    private readonly Matrix _means;
    private readonly Matrix[] _factors;
    private readonly double[] _offsets;
    private readonly double[] _logPriors;
    private readonly ClassScores _scores;
    private readonly string _name;
    private readonly int _widest;

    private QuadraticDiscriminant(EstimatorNode node, LabelSet classes, Matrix means, Matrix[] factors, double[] offsets, double[] priors)
        : base(classes, ClassScores.All, classes.Count == 2 ? 0 : classes.Count)
    {
        _means = means;
        _factors = factors;
        _offsets = offsets;
        _logPriors = [.. priors.Select(prior => Math.Log(prior))];
        _scores = new ClassScores(Outputs, node.Version);
        _name = node.ClassName;
        _widest = factors.Max(factor => factor.Rows);
        FeatureNames = node.FeatureNames;
    }

    public override int FeatureCount => _means.Columns;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node)
    {
        var classes = node.Labels("classes_");
        if (classes.Count < 2)
        {
            throw node.Error("'classes_' has one label; two at least are expected");
        }

        var means = node.Matrix("means_", classes.Count);
        if (node.FeatureCount >= 0 && node.FeatureCount != means.Columns)
        {
            throw node.Error($"'means_' has {means.Columns} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        var rotations = node.Matrices("rotations_");
        var scalings = node.Vectors("scalings_");
        if (rotations.Length != classes.Count || scalings.Length != classes.Count)
        {
            throw node.Error($"'rotations_' and 'scalings_' have {rotations.Length} and {scalings.Length} items; {classes.Count} are expected");
        }

        for (var k = 0; k < classes.Count; k++)
        {
            if (rotations[k].Rows != means.Columns || rotations[k].Columns != scalings[k].Length)
            {
                throw node.Error($"'rotations_[{k}]' has the shape ({rotations[k].Rows}, {rotations[k].Columns}); expected ({means.Columns}, {scalings[k].Length})");
            }
        }

        Matrix[] factors = [.. rotations.Select((rotation, k) => Factor(rotation, scalings[k]))];
        double[] offsets = [.. scalings.Select(Offset)];
        return new QuadraticDiscriminant(node, classes, means, factors, offsets, Priors(node, classes.Count));
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind);
        Kernels.RequireDenseInput(kind, _name);
    }

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        Columns.RequireWidth(x, FeatureCount, _name);
        Kernels.RequireFinite(x, _name);
        var joint = scratch.Dense(x.Rows, Classes.Count);
        var centered = scratch.Dense(1, x.Columns).Values;
        var squares = scratch.Dense(1, _widest).Values;
        for (var row = 0; row < x.Rows; row++)
        {
            var values = ((DenseBlock)x).Row(row);
            var scores = joint.Row(row);
            scratch.Step((long)scores.Length * values.Length * _widest);
            for (var k = 0; k < scores.Length; k++)
            {
                scores[k] = (-0.5 * (Norm(values, k, centered, squares) + _offsets[k])) + _logPriors[k];
            }
        }

        if (wanted.HasFlag(Methods.Predict))
        {
            AddHighest(joint, scratch, results);
        }

        _scores.Add(wanted, joint, scratch, results);
    }

    // Early releases keep what was given as 'priors' as it was, be it a list.
    private static double[] Priors(EstimatorNode node, int count)
    {
        if (node.Required("priors_") is Numerics.NdArray)
        {
            return node.Vector("priors_", count);
        }

        var items = node.List("priors_");
        return items.Count == count
            ? [.. items.Select((item, k) => EstimatorNode.AsNumber(item) ?? throw node.UnexpectedItem("priors_", k, item, "a number"))]
            : throw node.Unexpected("priors_", $"{count} numbers");
    }

    // One row an axis, so that a row of the input meets it side by side.
    private static Matrix Factor(Matrix rotation, double[] scalings)
    {
        var axes = rotation.Transpose();
        for (var axis = 0; axis < axes.Rows; axis++)
        {
            var factor = Math.Pow(scalings[axis], -0.5);
            for (var j = 0; j < axes.Columns; j++)
            {
                axes.Values[(axis * axes.Columns) + j] *= factor;
            }
        }

        return axes;
    }

    private static double Offset(double[] scalings)
    {
        var logarithms = new double[scalings.Length];
        for (var axis = 0; axis < scalings.Length; axis++)
        {
            logarithms[axis] = Math.Log(scalings[axis]);
        }

        return NumpySum.Of(logarithms);
    }

    private double Norm(ReadOnlySpan<double> x, int k, Span<double> centered, Span<double> squares)
    {
        var mean = _means.Row(k);
        for (var j = 0; j < x.Length; j++)
        {
            centered[j] = x[j] - mean[j];
        }

        var factor = _factors[k];
        for (var axis = 0; axis < factor.Rows; axis++)
        {
            var coordinate = Kernels.Dot(centered, factor.Row(axis));
            squares[axis] = coordinate * coordinate;
        }

        return NumpySum.Of(squares[..factor.Rows]);
    }
}
