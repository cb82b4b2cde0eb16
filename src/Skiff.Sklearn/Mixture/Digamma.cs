namespace Skiff.Sklearn;

/// <summary>The derivative of the logarithm of the gamma function.</summary>
internal static class Digamma
{
    private const double LowestAsymptotic = 12;

    /// <summary>Its value; NaN at zero and the negative integers' poles.</summary>
    /// <remarks>Abramowitz and Stegun, 6.3.5, 6.3.7 and 6.3.18: moved to large numbers by recurrence, from negative ones by reflection.</remarks>
    public static double Of(double x)
    {
        if (x <= 0)
        {
            return x == Math.Floor(x) ? double.NaN : Of(1 - x) - (Math.PI / Math.Tan(Math.PI * x));
        }

        var shift = 0.0;
        while (x < LowestAsymptotic)
        {
            shift -= 1 / x;
            x++;
        }

        var square = 1 / (x * x);
        var series = square * ((1.0 / 12) - (square * ((1.0 / 120) - (square * ((1.0 / 252) - (square * ((1.0 / 240) - (square * ((1.0 / 132) - (square * (691.0 / 32760)))))))))));
        return shift + Math.Log(x) - (0.5 / x) - series;
    }
}
