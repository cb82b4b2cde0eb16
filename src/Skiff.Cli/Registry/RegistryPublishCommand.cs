using System.CommandLine;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary><c>skiff registry publish</c>: adds a version.</summary>
internal static class RegistryPublishCommand
{
    internal static Command Create()
    {
        var symbols = new RegistrySymbols();
        var sources = new Argument<string[]>("sources")
        {
            Description = "A folder whose content is the version, or its files: model.joblib, or vectorizer.joblib model.joblib in the order in which data passes them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var version = new Option<string>("--version", "-v") { Description = "The new version's name, such as 1.1.0.", Required = true };
        var metadata = new Option<string?>("--metadata") { Description = "The metadata.json to take.", HelpName = "FILE" };
        var promote = new Option<bool>("--promote") { Description = "Also makes it the version that serves when none is asked for." };
        var command = new Command("publish", "Adds a version, whole or not at all. Versions never change once published.") { sources, version, metadata, promote };
        symbols.AddTo(command);
        command.SetAction(parsed => RegistrySymbols.Run(parsed, () =>
        {
            var publisher = new RegistryPublisher(symbols.Options(parsed));
            var request = new PublishRequest
            {
                Model = symbols.Model(parsed),
                Version = parsed.GetRequiredValue(version),
                Sources = parsed.GetRequiredValue(sources),
                Metadata = parsed.GetValue(metadata),
            };
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"Published {request.Version} in {publisher.Publish(request)}");
            if (parsed.GetValue(promote))
            {
                RegistryPromoteCommand.Promote(publisher, request.Model, request.Version, output);
            }
        }));
        return command;
    }
}
