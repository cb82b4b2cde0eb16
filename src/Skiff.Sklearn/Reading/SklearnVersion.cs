using System.Globalization;

namespace Skiff.Sklearn;

/// <summary>The scikit-learn release that wrote an estimator; behaviour follows it.</summary>
/// <param name="Major">Before the first point.</param>
/// <param name="Minor">After it.</param>
internal readonly record struct SklearnVersion(int Major, int Minor) : IComparable<SklearnVersion>
{
    public static SklearnVersion Oldest { get; } = new(0, 22);

    public static SklearnVersion Newest { get; } = new(1, 9);

    public static bool operator <(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>1.5.1</c>, <c>1.0.dev0</c>, <c>0.22.2.post1</c>.</summary>
    public static bool TryParse(string text, out SklearnVersion version)
    {
        version = default;
        var parts = text.Split('.');
        if (parts.Length < 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        version = new SklearnVersion(major, minor);
        return true;
    }

    public int CompareTo(SklearnVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
