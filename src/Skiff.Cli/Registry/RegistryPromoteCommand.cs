using System.CommandLine;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary><c>skiff registry promote</c>: says which version serves when none is asked for.</summary>
internal static class RegistryPromoteCommand
{
    internal static Command Create()
    {
        var symbols = new RegistrySymbols();
        var version = new Argument<string>("version") { Description = "The version that shall serve." };
        var command = new Command("promote", "Makes a version the one that serves when none is asked for: copies it to latest/ in one step.") { version };
        symbols.AddTo(command);
        command.SetAction(parsed => RegistrySymbols.Run(parsed, () => Promote(
            new RegistryPublisher(symbols.Options(parsed)), symbols.Model(parsed), parsed.GetRequiredValue(version), parsed.InvocationConfiguration.Output)));
        return command;
    }

    internal static void Promote(RegistryPublisher publisher, string? model, string version, TextWriter output)
    {
        var before = publisher.Promote(model, version);
        output.WriteLine(before is null || before == version ? $"{version} serves" : $"{version} serves, in the place of {before}");
    }
}
