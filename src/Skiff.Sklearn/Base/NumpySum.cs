namespace Skiff.Sklearn;

/// <summary>Sums in numpy's order, for answers in which the order shows.</summary>
/// <remarks>numpy, <c>numpy/_core/src/umath/loops_utils.h.src</c>, <c>pairwise_sum</c>: eight sums side by side over blocks of up to 128, halves above that.</remarks>
internal static class NumpySum
{
    private const int BlockLength = 128;

    /// <summary>What <c>numpy.sum</c> gives over contiguous doubles.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length < 8)
        {
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            return sum;
        }

        if (values.Length <= BlockLength)
        {
            return OfBlock(values);
        }

        var half = values.Length / 2;
        half -= half % 8;
        return Of(values[..half]) + Of(values[half..]);
    }

    private static double OfBlock(ReadOnlySpan<double> values)
    {
        Span<double> sums = stackalloc double[8];
        values[..8].CopyTo(sums);
        var i = 8;
        for (; i < values.Length - (values.Length % 8); i += 8)
        {
            for (var k = 0; k < 8; k++)
            {
                sums[k] += values[i + k];
            }
        }

        var sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }
}
