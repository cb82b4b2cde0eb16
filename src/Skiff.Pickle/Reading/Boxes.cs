namespace Skiff.Pickle;

/// <summary>Boxed values that come again and again.</summary>
internal static class Boxes
{
    private const int Smallest = -128;
    private const int Largest = 1023;
    private static readonly object[] Integers = [.. Enumerable.Range(Smallest, Largest - Smallest + 1).Select(i => (object)(long)i)];

    public static object True { get; } = true;

    public static object False { get; } = false;

    public static bool IsCached(long value) => value is >= Smallest and <= Largest;

    public static object Of(long value) => IsCached(value) ? Integers[value - Smallest] : value;

    public static object Of(bool value) => value ? True : False;
}
