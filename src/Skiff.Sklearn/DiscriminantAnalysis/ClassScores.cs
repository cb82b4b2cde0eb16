using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What <c>QuadraticDiscriminantAnalysis</c> and <c>NearestCentroid</c> make of a score a class: probabilities, their logarithms, and a decision.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/discriminant_analysis.py</c>, <c>DiscriminantAnalysisPredictionMixin</c>, which came with 1.6.</remarks>
/// <param name="outputs">The estimator's outputs, in the order of <see cref="MethodNames.All"/>.</param>
/// <param name="version">Until 1.5 the logarithms were those of the probabilities.</param>
internal sealed class ClassScores(IReadOnlyList<ModelOutput> outputs, SklearnVersion version)
{
    /// <summary>The methods that follow from the scores.</summary>
    public const Methods All = Methods.Predict | Methods.PredictProba | Methods.PredictLogProba | Methods.DecisionFunction;

    private readonly bool _fromProbabilities = version < new SklearnVersion(1, 6);

    /// <summary>Adds what is wanted but the labels.</summary>
    public void Add(Methods wanted, DenseBlock scores, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.PredictProba) || wanted.HasFlag(Methods.PredictLogProba))
        {
            var probabilities = scratch.Dense(scores.Rows, scores.Columns);
            var logarithms = scratch.Dense(scores.Rows, scores.Columns);
            for (var row = 0; row < scores.Rows; row++)
            {
                Fill(scores.Row(row), probabilities.Row(row), logarithms.Row(row));
            }

            if (wanted.HasFlag(Methods.PredictProba))
            {
                results.Add(outputs[1], probabilities);
            }

            if (wanted.HasFlag(Methods.PredictLogProba))
            {
                results.Add(outputs[2], logarithms);
            }
        }

        if (wanted.HasFlag(Methods.DecisionFunction))
        {
            results.Add(outputs[3], scores.Columns == 2 ? Difference(scores, scratch) : scores);
        }
    }

    private static DenseBlock Difference(DenseBlock scores, Scratch scratch)
    {
        var difference = scratch.Dense(scores.Rows, 1);
        for (var row = 0; row < scores.Rows; row++)
        {
            difference.Row(row)[0] = scores.Row(row)[1] - scores.Row(row)[0];
        }

        return difference;
    }

    private void Fill(ReadOnlySpan<double> scores, Span<double> probabilities, Span<double> logarithms)
    {
        var highest = scores[Kernels.ArgMax(scores)];
        for (var k = 0; k < scores.Length; k++)
        {
            logarithms[k] = scores[k] - highest;
            probabilities[k] = Math.Exp(logarithms[k]);
        }

        var sum = NumpySum.Of(probabilities);
        var logarithm = Math.Log(sum);
        for (var k = 0; k < scores.Length; k++)
        {
            if (_fromProbabilities)
            {
                probabilities[k] /= sum;
                logarithms[k] = Math.Log(probabilities[k]);
            }
            else
            {
                logarithms[k] -= logarithm;
                probabilities[k] = Math.Exp(logarithms[k]);
            }
        }
    }
}
