using System.CommandLine;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary>What the verbs of <c>skiff registry</c> share: where the registry is, and how failures are told.</summary>
internal sealed class RegistrySymbols
{
    private readonly Option<string> _root = new("--registry", "-r")
    {
        Description = "The registry's folder. Default: $SKIFF_REGISTRY, else ./registry.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = "The model, where the registry holds several.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _followLinks = new("--follow-links") { Description = "Follows links that lead out of the registry." };

    /// <summary>The registry's folder where none is named.</summary>
    internal static string DefaultRoot => Environment.GetEnvironmentVariable("SKIFF_REGISTRY") is { Length: > 0 } named ? named : "registry";

    internal void AddTo(Command command)
    {
        command.Add(_root);
        command.Add(_model);
        command.Add(_followLinks);
    }

    internal string? Model(ParseResult parsed) => parsed.GetValue(_model);

    internal RegistryOptions Options(ParseResult parsed) => new()
    {
        Root = parsed.GetValue(_root) ?? DefaultRoot,
        FollowLinks = parsed.GetValue(_followLinks),

        // A command looks once, and says what is there.
        SettleTime = TimeSpan.Zero,
        Watch = false,
    };

    /// <summary>Does what changes a registry, and tells a failure in one line.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(ParseResult parsed, Action change)
    {
        try
        {
            change();
            return 0;
        }
        catch (RegistryException e)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"skiff: {e.Message}");
            return 1;
        }
    }
}
