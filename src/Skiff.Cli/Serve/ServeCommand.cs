using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skiff.Models;
using Skiff.Server;
using Skiff.ServiceDefaults;

namespace Skiff.Cli;

/// <summary><c>skiff serve</c>: serves a registry over HTTP until it is told to stop.</summary>
internal static class ServeCommand
{
    internal static Command Create(IModelLoader loader)
    {
        var command = new Command("serve", "Serves the models of a registry folder over HTTP.");
        var options = new Dictionary<string, Option>(StringComparer.Ordinal);
        foreach (var setting in ServerSettings.All)
        {
            Option option = setting.IsSwitch
                ? new Option<bool>(setting.Option) { Description = setting.Description }
                : new Option<string>(setting.Option) { Description = setting.Description, HelpName = setting.Value };
            options.Add(setting.Name, option);
            command.Options.Add(option);
        }

        command.SetAction((result, cancellation) => RunAsync(loader, setting => Given(result, options[setting.Name]), cancellation));
        return command;
    }

    private static string? Given(ParseResult result, Option option) => result.GetResult(option) is not { Implicit: false }
        ? null
        : option is Option<bool> flag ? (result.GetValue(flag) ? "true" : "false") : result.GetValue((Option<string>)option);

    private static async Task<int> RunAsync(IModelLoader loader, Func<ServerSetting, string?> commandLine, CancellationToken cancellation)
    {
        try
        {
            var file = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).Build();
            var options = ServerSettings.Read(commandLine, Environment.GetEnvironmentVariable, file);
            var app = SkiffHost.Build(options, loader);
            var drain = app.Services.GetRequiredService<Drain>();

            // A person at a terminal does not wait for load balancers.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => drain.SkipDelay());
            await SkiffHost.RunAsync(app, CancellationToken.None).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is FormatException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"skiff serve: {e.Message}".AsMemory(), cancellation).ConfigureAwait(false);
            return 1;
        }
    }
}
