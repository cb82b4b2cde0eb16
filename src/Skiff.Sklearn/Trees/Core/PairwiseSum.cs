namespace Skiff.Sklearn;

/// <summary>A sum in the order in which numpy takes it along a contiguous axis: eight running sums up to 128 values, halves beyond.</summary>
/// <remarks>numpy 2.3, <c>numpy/_core/src/umath/loops_utils.h.src</c>, <c>pairwise_sum</c>.</remarks>
internal static class PairwiseSum
{
    private const int Block = 128;

    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length < 8)
        {
            // Starts from the first value in spirit, from -0.0 in numpy: the sum of negative zeros is one.
            var sum = -0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            return sum;
        }

        if (values.Length <= Block)
        {
            return OfBlock(values);
        }

        // As deep as the logarithm of the length, 31 at most.
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
