namespace Skiff.Registry;

/// <summary>What the operating system says when a file cannot be written, and what helps.</summary>
internal static class DiskError
{
    // The numbers of Linux and macOS; Windows has codes of its own, which begin with 0x8007.
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private static readonly int[] QuotaExceeded = [122, 69];
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];
    private static readonly int[] DiskFull = [NoSpace, .. QuotaExceeded, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether somebody else holds the file.</summary>
    internal static bool IsLocked(IOException error) => Locked.Contains(error.HResult);

    /// <summary>The system's own words, which name the path, with what helps where that is known. Ends like a sentence.</summary>
    internal static string Explain(Exception error)
    {
        var help = error switch
        {
            UnauthorizedAccessException => " Run the command as a user who may write there.",
            _ when DiskFull.Contains(error.HResult) => " Free some space there and run the command again.",
            _ when error.HResult == ReadOnly => " It is mounted read-only here: run the command where it is not.",
            _ => string.Empty,
        };
        return $"{error.Message.TrimEnd('.')}.{help}";
    }
}
