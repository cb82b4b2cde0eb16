using System.Globalization;

namespace Skiff.Sklearn;

/// <summary>The scikit-learn release that wrote an estimator; behaviour follows it.</summary>
/// <param name="Major">Before the first point.</param>
/// <param name="Minor">After it.</param>
/// <param name="Patch">After the second: few answers depend on it.</param>
internal readonly record struct SklearnVersion(int Major, int Minor, int Patch = 0) : IComparable<SklearnVersion>
{
    public static SklearnVersion Oldest { get; } = new(0, 22);

    /// <summary>The newest release, with all its patches.</summary>
    public static SklearnVersion Newest { get; } = new(1, 9, int.MaxValue);

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

        _ = int.TryParse(parts.ElementAtOrDefault(2), NumberStyles.None, CultureInfo.InvariantCulture, out var patch);
        version = new SklearnVersion(major, minor, patch);
        return true;
    }

    public int CompareTo(SklearnVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>As messages name a release: <c>1.9</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
