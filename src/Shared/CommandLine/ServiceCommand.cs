using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Skiff.ServiceDefaults;

namespace Skiff.CommandLine;

/// <summary>Runs a process of ours until it is told to stop.</summary>
internal static class ServiceCommand
{
    /// <summary>Makes a process, and runs it.</summary>
    /// <param name="name">The command, for messages.</param>
    /// <param name="build">Makes it.</param>
    /// <param name="run">Runs it.</param>
    /// <returns>The exit code: 1 where a setting is wrong or an address is taken.</returns>
    internal static async Task<int> RunAsync(string name, Func<WebApplication> build, Func<WebApplication, Task> run)
    {
        try
        {
            var app = build();
            var drain = app.Services.GetRequiredService<Drain>();

            // A person at a terminal does not wait for load balancers.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => drain.SkipDelay());
            await run(app).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is FormatException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{name}: {e.Message}").ConfigureAwait(false);
            return 1;
        }
    }
}
