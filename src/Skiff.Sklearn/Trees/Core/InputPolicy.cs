namespace Skiff.Sklearn;

/// <summary>What an estimator does with its rows before its trees see them.</summary>
/// <param name="Estimator">The estimator's name, for messages.</param>
/// <param name="AllowsMissing">Whether NaN is taken in dense rows; never in sparse ones.</param>
/// <param name="AllowsAnything">Whether NaN and infinities are taken everywhere.</param>
internal sealed record InputPolicy(string Estimator, bool AllowsMissing, bool AllowsAnything = false)
{
    /// <summary>Whether the cells that sparse rows do not store are missing, and not zero.</summary>
    public bool AbsentIsMissing { get; init; }

    /// <summary>A number that stands for a missing value besides NaN, as a float32; NaN where there is none.</summary>
    public double Marker { get; init; } = double.NaN;
}
