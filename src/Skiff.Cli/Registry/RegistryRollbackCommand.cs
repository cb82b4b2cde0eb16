using System.CommandLine;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary><c>skiff registry rollback</c>: takes the last promotion back.</summary>
internal static class RegistryRollbackCommand
{
    internal static Command Create()
    {
        var symbols = new RegistrySymbols();
        var command = new Command("rollback", "Promotes what served before; where that is not known, the next lower version.");
        symbols.AddTo(command);
        command.SetAction(parsed => RegistrySymbols.Run(parsed, () =>
        {
            var (from, to) = new RegistryPublisher(symbols.Options(parsed)).Rollback(symbols.Model(parsed));
            parsed.InvocationConfiguration.Output.WriteLine($"{to} serves, in the place of {from}");
        }));
        return command;
    }
}
