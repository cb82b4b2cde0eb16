using System.CommandLine;
using Skiff.CommandLine;
using Skiff.Gateway;
using Skiff.ServiceDefaults;

Scheduling.PreferInline();

var root = new RootCommand("Stands before model servers: API keys, balancing, retries.");
var options = new SettingOptions(root, GatewaySettings.All);
root.SetAction((result, _) => ServiceCommand.RunAsync(
    "skiff-gateway",
    () =>
    {
        var asked = GatewaySettings.Read(setting => options.Given(result, setting), Environment.GetEnvironmentVariable, SettingOptions.File());
        asked.Telemetry = TelemetryVariables.FromEnvironment();
        return GatewayHost.Build(asked);
    },
    static app => GatewayHost.RunAsync(app)));
root.Subcommands.Add(HealthCommand.Create("skiff-gateway", GatewayOptions.DefaultPort));

// The gateway ends by itself when it is told to, and takes the time that its drain needs.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
