namespace Skiff.Numerics;

/// <summary>Functions that .NET lacks, or has with less than full precision near zero.</summary>
public static class SpecialFunctions
{
    private const double Third = 1.0 / 3;

    /// <summary><c>log(1 + x)</c>, precise for small values. Kahan: what rounding took from 1 + x is made up for by a quotient.</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * (x / (u - 1));
    }

    /// <summary><c>exp(x) - 1</c>, precise for small values.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 1e-5)
        {
            return x * (1 + (x / 2 * (1 + (x * Third))));
        }

        var u = Math.Exp(x);
        var below = u - 1;
        return double.IsInfinity(u) || below == -1 || Math.Abs(x) > 1 ? below : below * (x / Math.Log(u));
    }

    /// <summary>The quantile function of the normal distribution, <c>scipy.stats.norm.ppf</c>.</summary>
    /// <remarks>Wichura, "The percentage points of the normal distribution", Applied Statistics 37 (1988), AS 241: about sixteen digits.</remarks>
    public static double NormalQuantile(double p)
    {
        if (!(p >= 0 && p <= 1))
        {
            return double.NaN;
        }

        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            return q * Ratio(0.180625 - (q * q), CentralNumerator, CentralDenominator);
        }

        var tail = q < 0 ? p : 1 - p;
        if (tail == 0)
        {
            return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var r = Math.Sqrt(-Math.Log(tail));
        var x = r <= 5 ? Ratio(r - 1.6, MiddleNumerator, MiddleDenominator) : Ratio(r - 5, FarNumerator, FarDenominator);
        return q < 0 ? -x : x;
    }

    /// <summary>The distribution function of the normal distribution, <c>scipy.stats.norm.cdf</c>.</summary>
    public static double NormalCdf(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>The logistic function, without overflow.</summary>
    public static double Expit(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        var e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>The complementary error function: a series near zero, a continued fraction beyond.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        var size = Math.Abs(x);
        if (size < 2)
        {
            return 1 - ErfSeries(x);
        }

        var upper = size > 27 ? 0 : Math.Exp(-x * x) / Math.Sqrt(Math.PI) / ErfcFraction(size);
        return x < 0 ? 2 - upper : upper;
    }

    // Abramowitz and Stegun 7.1.6: all terms have one sign, so that nothing cancels.
    private static double ErfSeries(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; n < 100 && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // Abramowitz and Stegun 7.1.14, from the far end.
    private static double ErfcFraction(double x)
    {
        var fraction = x;
        for (var n = 80; n > 0; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return fraction;
    }

    private static double Ratio(double r, ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator) => Polynomial(r, numerator) / Polynomial(r, denominator);

    private static double Polynomial(double r, ReadOnlySpan<double> coefficients)
    {
        var value = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            value = (value * r) + coefficients[i];
        }

        return value;
    }

    private static ReadOnlySpan<double> CentralNumerator =>
    [
        3.3871328727963666080, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ];

    private static ReadOnlySpan<double> CentralDenominator =>
    [
        1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ];

    private static ReadOnlySpan<double> MiddleNumerator =>
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> MiddleDenominator =>
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636165571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> FarNumerator =>
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> FarDenominator =>
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];
}
