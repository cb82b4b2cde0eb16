using System.Diagnostics;

namespace Skiff.EndToEnd.Tests;

/// <summary>How the programs under test are started: with the test's own settings and nobody else's.</summary>
internal static class ProgramStart
{
    /// <summary>What a child must not inherit, lest the machine's own settings answer for the test's.</summary>
    private static readonly string[] Settings =
        ["API_KEYS", "ASPNETCORE_", "DOTNET_", "HOST", "LOG_LEVEL", "MODEL_API_", "OTEL_", "PORT", "PYTHON_API_", "SKIFF_", "URLS", "WEBSITES_PORT"];

    public static ProcessStartInfo Info(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? Path.GetTempPath(),
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

    /// <summary>The path that a variable names. Skips the test, naming what it needs, where it names none.</summary>
    public static string PublishedProgram(string variable, string what)
    {
        var path = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(path))
        {
            Assert.Skip($"needs {variable}: the path of the published {what}");
        }

        Assert.True(File.Exists(path), $"{variable} names {path}, which does not exist.");
        return path;
    }

    /// <summary>Runs a program that ends by itself.</summary>
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var process = Process.Start(start)!;
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
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
