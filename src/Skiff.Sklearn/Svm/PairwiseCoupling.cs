using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The probabilities of several classes from those of each pair.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/svm/src/libsvm/svm.cpp</c>, <c>sigmoid_predict</c> and <c>multiclass_probability</c> (Wu, Lin and Weng, 2004); the
/// iteration ends early, so that its very steps decide the answer. The same since 0.22.
/// </remarks>
internal static class PairwiseCoupling
{
    private const double Lowest = 1e-7;

    /// <summary>The probability that a decision belongs to the first class of its pair.</summary>
    public static double Sigmoid(double decision, double a, double b)
    {
        var x = (decision * a) + b;
        var probability = x >= 0 ? Math.Exp(-x) / (1 + Math.Exp(-x)) : 1 / (1 + Math.Exp(x));
        return Math.Min(Math.Max(probability, Lowest), 1 - Lowest);
    }

    /// <summary>How many numbers <see cref="Couple"/> works on.</summary>
    public static int WorkLength(int classes) => classes * (classes + 1);

    /// <summary>Couples the probabilities of pairs.</summary>
    /// <param name="pairs">Row i, column j: the probability of class i against class j.</param>
    /// <param name="probabilities">One a class.</param>
    /// <param name="work">Memory.</param>
    /// <param name="scratch">Where that is from, which counts the work.</param>
    public static void Couple(ReadOnlySpan<double> pairs, Span<double> probabilities, Span<double> work, Scratch scratch)
    {
        var k = probabilities.Length;
        var q = work[..(k * k)];
        var qp = work.Slice(k * k, k);
        Prepare(pairs, q, k);
        probabilities.Fill(1.0 / k);
        var limit = 0.005 / k;
        for (var round = 0; round < Math.Max(100, k); round++)
        {
            scratch.Step(3L * k * k);
            var total = Multiply(q, probabilities, qp);
            var error = 0.0;
            for (var t = 0; t < k; t++)
            {
                error = Math.Max(error, Math.Abs(qp[t] - total));
            }

            if (error < limit)
            {
                break;
            }

            for (var t = 0; t < k; t++)
            {
                var step = (-qp[t] + total) / q[(t * k) + t];
                probabilities[t] += step;
                total = (total + (step * ((step * q[(t * k) + t]) + (2 * qp[t])))) / (1 + step) / (1 + step);
                for (var j = 0; j < k; j++)
                {
                    qp[j] = (qp[j] + (step * q[(t * k) + j])) / (1 + step);
                    probabilities[j] /= 1 + step;
                }
            }
        }
    }

    private static void Prepare(ReadOnlySpan<double> pairs, Span<double> q, int k)
    {
        for (var t = 0; t < k; t++)
        {
            q[(t * k) + t] = 0;
            for (var j = 0; j < k; j++)
            {
                if (j != t)
                {
                    q[(t * k) + t] += pairs[(j * k) + t] * pairs[(j * k) + t];
                    q[(t * k) + j] = j < t ? q[(j * k) + t] : -pairs[(j * k) + t] * pairs[(t * k) + j];
                }
            }
        }
    }

    private static double Multiply(ReadOnlySpan<double> q, ReadOnlySpan<double> probabilities, Span<double> qp)
    {
        var total = 0.0;
        for (var t = 0; t < qp.Length; t++)
        {
            qp[t] = 0;
            for (var j = 0; j < qp.Length; j++)
            {
                qp[t] += q[(t * qp.Length) + j] * probabilities[j];
            }

            total += probabilities[t] * qp[t];
        }

        return total;
    }
}
