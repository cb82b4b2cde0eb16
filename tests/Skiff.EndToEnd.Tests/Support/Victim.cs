using System.Diagnostics;

namespace Skiff.EndToEnd.Tests;

/// <summary>A run of the program that is killed, unless it ends before.</summary>
internal static class Victim
{
    /// <summary>Starts the program, and sends SIGKILL after a while.</summary>
    /// <returns>Whether it had ended by itself, and with which exit code.</returns>
    public static async Task<(bool Ended, int ExitCode, string Error)> KillAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan after)
    {
        using var process = Process.Start(SkiffBinary.StartInfo(arguments, environment))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var begun = Stopwatch.GetTimestamp();
        while (!process.HasExited && Stopwatch.GetElapsedTime(begun) < after)
        {
            // Timers are too coarse for what takes milliseconds.
            Thread.Sleep(TimeSpan.FromMicroseconds(200));
        }

        var ended = process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        await output;
        return (ended, process.ExitCode, await error);
    }
}
