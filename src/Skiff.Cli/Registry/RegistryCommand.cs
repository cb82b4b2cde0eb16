using System.CommandLine;

namespace Skiff.Cli;

/// <summary><c>skiff registry</c>: looks at a registry and changes it.</summary>
internal static class RegistryCommand
{
    internal static Command Create() => new("registry", "Lists, publishes, promotes and rolls back the versions of a registry.")
    {
        RegistryListCommand.Create(),
        RegistryPublishCommand.Create(),
        RegistryPromoteCommand.Create(),
        RegistryRollbackCommand.Create(),
    };
}
