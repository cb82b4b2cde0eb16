using System.Diagnostics;

namespace Skiff.EndToEnd.Tests;

/// <summary>The published program under test, named by <c>SKIFF_BINARY</c>, and runs of it that end by themselves.</summary>
internal static class SkiffBinary
{
    /// <summary>What a child must not inherit, lest the machine's own settings answer for the test's.</summary>
    private static readonly string[] Settings = ["ASPNETCORE_", "DOTNET_", "PORT", "SKIFF_", "URLS", "WEBSITES_PORT"];

    /// <summary>The path of the program. Skips the test, naming what it needs, where there is none.</summary>
    public static string Path
    {
        get
        {
            var path = Environment.GetEnvironmentVariable("SKIFF_BINARY");
            if (string.IsNullOrEmpty(path))
            {
                Assert.Skip("needs SKIFF_BINARY: the path of the published skiff program (dotnet publish src/Skiff.Cli -c Release)");
            }

            Assert.True(File.Exists(path), $"SKIFF_BINARY names {path}, which does not exist.");
            return path;
        }
    }

    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = System.IO.Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name => Settings.Any(setting => name.StartsWith(setting, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs a verb that ends by itself.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    public static async Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Process.Start(StartInfo(arguments, environment))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
