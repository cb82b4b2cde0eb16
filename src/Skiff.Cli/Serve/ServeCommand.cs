using System.CommandLine;
using Skiff.CommandLine;
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
        var options = new SettingOptions(command, ServerSettings.All);
        command.SetAction((result, _) => ServiceCommand.RunAsync(
            "skiff serve",
            () =>
            {
                var asked = ServerSettings.Read(setting => options.Given(result, setting), Environment.GetEnvironmentVariable, SettingOptions.File());
                asked.Telemetry = TelemetryVariables.FromEnvironment();
                return SkiffHost.Build(asked, loader);
            },
            static app => SkiffHost.RunAsync(app)));
        return command;
    }
}
