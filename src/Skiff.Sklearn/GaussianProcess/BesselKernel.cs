namespace Skiff.Sklearn;

/// <summary>Matern's function of any smoothness: <c>2^(1 - nu) / gamma(nu) * x^nu * K_nu(x)</c>, with the modified Bessel function of the second kind.</summary>
/// <remarks>
/// <c>K_nu(x)</c> is the integral of <c>exp(-x cosh t) cosh(nu t)</c> over t from 0 (Abramowitz and Stegun 9.6.24). The trapezoidal rule gives
/// it to full precision, as the integrand is analytic around the axis and falls doubly exponentially. All factors are taken into the
/// exponent, so that none overflows.
/// </remarks>
internal static class BesselKernel
{
    private const double Step = 0.1;

    // Far beyond what any term needs; it ends the sum whatever the parameters are.
    private const int MostSteps = 20_000;

    public static double Value(double nu, double x)
    {
        var constant = (nu * Math.Log(x)) + ((1 - nu) * Math.Log(2)) - LogGamma(nu);
        var highest = Math.Asinh(nu / x);
        var sum = 0.5 * Math.Exp(constant - x);
        for (var k = 1; k < MostSteps; k++)
        {
            var t = k * Step;
            var term = Math.Exp(constant - (x * Math.Cosh(t)) + (nu * t) + Math.Log(0.5 * (1 + Math.Exp(-2 * nu * t))));
            sum += term;
            if (t > highest && term <= 1e-18 * sum)
            {
                break;
            }
        }

        return Step * sum;
    }

    // Stirling's series, of a number that is large enough for it.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        while (x < 12)
        {
            shift += Math.Log(x);
            x++;
        }

        var square = 1 / (x * x);
        var series = (1.0 / 12 - (square * (1.0 / 360 - (square * (1.0 / 1260 - (square * (1.0 / 1680 - (square / 1188)))))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
