using System.Globalization;

namespace Skiff.Sklearn;

/// <summary>The xgboost release that wrote a booster; behaviour follows it.</summary>
/// <param name="Major">Before the first point.</param>
/// <param name="Minor">After it.</param>
internal readonly record struct BoosterVersion(int Major, int Minor) : IComparable<BoosterVersion>
{
    /// <summary>The newest that is known.</summary>
    public static BoosterVersion Newest { get; } = new(3, 4);

    public static bool operator <(BoosterVersion left, BoosterVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(BoosterVersion left, BoosterVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(BoosterVersion left, BoosterVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BoosterVersion left, BoosterVersion right) => left.CompareTo(right) >= 0;

    public int CompareTo(BoosterVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
