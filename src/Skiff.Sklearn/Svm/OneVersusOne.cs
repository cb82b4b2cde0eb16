namespace Skiff.Sklearn;

/// <summary>Scores a class from the decisions of all pairs.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/utils/multiclass.py</c>, <c>_ovr_decision_function</c>; the same since 0.22.</remarks>
internal static class OneVersusOne
{
    /// <summary>How many pairs classes make.</summary>
    public static int Pairs(int classes) => checked(classes * (classes - 1) / 2);

    /// <summary>Votes of the pairs, with a fraction below one third for how sure they are.</summary>
    /// <param name="isSecond">For each pair, 1 where its second class is voted for, 0 where its first is, anything else where neither is.</param>
    /// <param name="confidences">For each pair, how sure it is of its second class.</param>
    /// <param name="votes">Memory for a number a class.</param>
    /// <param name="scores">One a class.</param>
    public static void Score(ReadOnlySpan<int> isSecond, ReadOnlySpan<double> confidences, Span<double> votes, Span<double> scores)
    {
        votes.Clear();
        scores.Clear();
        var pair = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = i + 1; j < scores.Length; j++)
            {
                scores[i] -= confidences[pair];
                scores[j] += confidences[pair];
                if (isSecond[pair] is 0 or 1)
                {
                    votes[isSecond[pair] == 1 ? j : i]++;
                }

                pair++;
            }
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = votes[i] + (scores[i] / (3 * (Math.Abs(scores[i]) + 1)));
        }
    }
}
