namespace Skiff.Sklearn;

/// <summary><c>sklearn.kernel_ridge</c> and <c>sklearn.kernel_approximation</c>.</summary>
internal static class KernelsCatalog
{
    public static CatalogEntry[] Entries =>
    [
        new("KernelRidge", ["sklearn.kernel_ridge"], KernelRidge.Read),
        new("Nystroem", ["sklearn.kernel_approximation"], Nystroem.Read),
        new("RBFSampler", ["sklearn.kernel_approximation"], FourierSampler.ReadRadial),
        new("SkewedChi2Sampler", ["sklearn.kernel_approximation"], FourierSampler.ReadSkewed),
        new("AdditiveChi2Sampler", ["sklearn.kernel_approximation"], AdditiveChi2Sampler.Read),
        new("PolynomialCountSketch", ["sklearn.kernel_approximation"], PolynomialCountSketch.Read),
    ];
}
