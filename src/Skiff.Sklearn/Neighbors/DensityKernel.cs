namespace Skiff.Sklearn;

/// <summary>The kernels of <see cref="KernelDensity"/>.</summary>
internal enum DensityForm
{
    /// <summary><c>gaussian</c>.</summary>
    Gaussian,

    /// <summary><c>tophat</c>.</summary>
    TopHat,

    /// <summary><c>epanechnikov</c>.</summary>
    Epanechnikov,

    /// <summary><c>exponential</c>.</summary>
    Exponential,

    /// <summary><c>linear</c>.</summary>
    Linear,

    /// <summary><c>cosine</c>.</summary>
    Cosine,
}

/// <summary>The logarithm of a kernel of some width: 0 at no distance, and what makes its integral 1.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/neighbors/_binary_tree.pxi.tp</c>, <c>compute_log_kernel</c> and <c>_log_kernel_norm</c>; the same since 0.22.</remarks>
internal sealed class DensityKernel
{
    private readonly DensityForm _form;
    private readonly double _width;

    /// <param name="form">The kernel.</param>
    /// <param name="width"><c>bandwidth</c>, above 0.</param>
    /// <param name="columns">How many columns a row has, at least one.</param>
    public DensityKernel(DensityForm form, double width, int columns)
    {
        _form = form;
        _width = width;
        LogNorm = -LogFactor(form, columns) - (columns * Math.Log(width));
    }

    /// <summary>What is added to make the kernel's integral 1.</summary>
    public double LogNorm { get; }

    /// <summary>The kernel's logarithm at a distance.</summary>
    public double Log(double distance) => _form switch
    {
        DensityForm.Gaussian => -0.5 * (distance * distance) / (_width * _width),
        DensityForm.Exponential => -distance / _width,
        _ when !(distance < _width) => double.NegativeInfinity,
        DensityForm.TopHat => 0,
        DensityForm.Epanechnikov => Math.Log(1.0 - (distance * distance / (_width * _width))),
        DensityForm.Linear => Math.Log(1 - (distance / _width)),
        _ => Math.Log(Math.Cos(0.5 * Math.PI * distance / _width)),
    };

    private static double LogFactor(DensityForm form, int d)
    {
        switch (form)
        {
            case DensityForm.Gaussian:
                return 0.5 * d * Math.Log(2 * Math.PI);
            case DensityForm.TopHat:
                return LogVolume(d);
            case DensityForm.Epanechnikov:
                return LogVolume(d) + Math.Log(2.0 / (d + 2.0));
            case DensityForm.Exponential:
                return LogSurface(d - 1) + LogGammaOfHalf(2 * d);
            case DensityForm.Linear:
                return LogVolume(d) - Math.Log(d + 1.0);
            default:
                var factor = 0.0;
                var term = 2.0 / Math.PI;
                for (var k = 1; k < d + 1; k += 2)
                {
                    factor += term;
                    term *= -((long)(d - k) * (d - k - 1)) * (2.0 / Math.PI * (2.0 / Math.PI));
                }

                return Math.Log(factor) + LogSurface(d - 1);
        }
    }

    // The volume of the unit ball, and the surface of the one with a dimension more.
    private static double LogVolume(int n) => (0.5 * n * Math.Log(Math.PI)) - LogGammaOfHalf(n + 2);

    private static double LogSurface(int n) => Math.Log(2 * Math.PI) + LogVolume(n - 1);

    // The gamma function of half a whole number: 1 at one, the root of pi at a half, and from there by its recurrence.
    private static double LogGammaOfHalf(int twice)
    {
        var sum = twice % 2 == 0 ? 0.0 : 0.5 * Math.Log(Math.PI);
        for (var k = twice - 2; k > 0; k -= 2)
        {
            sum += Math.Log(0.5 * k);
        }

        return sum;
    }
}
