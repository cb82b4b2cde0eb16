namespace Skiff.Sklearn;

/// <summary>The functions of a distance that Gaussian processes know.</summary>
internal enum DistanceForm
{
    /// <summary><c>RBF</c>.</summary>
    Radial,

    /// <summary><c>Matern</c>.</summary>
    Matern,

    /// <summary><c>RationalQuadratic</c>.</summary>
    RationalQuadratic,

    /// <summary><c>ExpSineSquared</c>.</summary>
    Periodic,
}
