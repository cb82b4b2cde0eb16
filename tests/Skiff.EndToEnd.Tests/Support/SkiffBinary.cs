using System.Diagnostics;

namespace Skiff.EndToEnd.Tests;

/// <summary>The published program under test, named by <c>SKIFF_BINARY</c>, and runs of it that end by themselves.</summary>
internal static class SkiffBinary
{
    /// <summary>The path of the program. Skips the test, naming what it needs, where there is none.</summary>
    public static string Path => ProgramStart.PublishedProgram("SKIFF_BINARY", "skiff program (dotnet publish src/Skiff.Cli -c Release)");

    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        ProgramStart.Info(Path, arguments, environment);

    /// <summary>Runs a verb that ends by itself.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    public static Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        ProgramStart.RunAsync(StartInfo(arguments, environment), TimeSpan.FromSeconds(60));
}
