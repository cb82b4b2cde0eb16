using System.Globalization;

namespace Skiff.ServiceDefaults;

/// <summary>How many file descriptors the operating system grants.</summary>
internal static class FileDescriptors
{
    // For model files, the watch on the registry, listeners, pipes, and connections that are being refused.
    private const int Kept = 32;

    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>How many connections may be open, each of which takes so many descriptors; as many as there can be where nothing says how many there are.</summary>
    /// <param name="each">Descriptors of a connection.</param>
    internal static int Connections(int each) => Read() is { } limit ? ConnectionsOf(limit, each) : int.MaxValue;

    internal static int ConnectionsOf(long limit, int each) => (int)Math.Clamp((limit - Math.Min(Kept, limit / 2)) / each, 1, int.MaxValue);

    /// <summary>The limit in the words of Linux; null where there is none.</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        var words = lines.FirstOrDefault(static line => line.StartsWith(Line, StringComparison.Ordinal))?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, ..] && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }

    private static long? Read()
    {
        try
        {
            return File.Exists(Limits) ? Parse(File.ReadLines(Limits)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sandbox that hides it; the limit can be set by hand.
            return null;
        }
    }
}
