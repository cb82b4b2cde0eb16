using System.ComponentModel;
using System.Diagnostics;

namespace Skiff.House.Tests.Deploy;

/// <summary>A program that the platforms' own users have.</summary>
internal static class Tool
{
    /// <summary>Skips the test where what a program prints does not have these words in it.</summary>
    public static async Task SkipUnlessAsync(string words, string program, params string[] arguments)
    {
        var (_, output, _) = await RunAsync(program, arguments);
        Assert.SkipUnless(output.Contains(words, StringComparison.Ordinal), $"needs a {program} that prints: {words}");
    }

    /// <summary>What a program printed and how it ended. The test is skipped where the machine does not have it.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"needs {program}");
            throw;
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
    }
}
