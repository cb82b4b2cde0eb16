using System.CommandLine;
using System.CommandLine.Parsing;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary><c>skiff add</c>: puts the pieces of a model together, tries them, and publishes them as a version.</summary>
internal static class AddCommand
{
    private static readonly string[] Chain = ["--vectorizer", "--scaler", "--preprocessor", "--encoder", "--artifact"];

    internal static Command Create()
    {
        var sources = new Argument<string[]>("model")
        {
            Description = "The model's file (bundle.pkl#model is a value of a pickled dict), several files, or a folder: of downloads, of an MLflow run, of a version.",
            Arity = ArgumentArity.OneOrMore,
        };
        var name = new Option<string?>("--name", "-n") { Description = "The model's name in the registry; left out where the registry is one model.", HelpName = "NAME" };
        var version = new Option<string>("--version", "-v") { Description = "The new version's name, such as 3 or 1.1.0.", Required = true };
        var registry = new Option<string?>("--registry", "-r") { Description = "The registry's folder. Default: $SKIFF_REGISTRY, else ./registry.", HelpName = "FOLDER" };
        var labels = new Option<string?>("--labels") { Description = "The LabelEncoder that turns the answers back into names.", HelpName = "FILE" };
        var threshold = new Option<string?>("--threshold") { Description = "What replaces 0.5 for a classifier of two labels.", HelpName = "NUMBER" };
        var features = new Option<string?>("--features") { Description = "The names of the columns in order: with commas, or the file that holds them.", HelpName = "NAMES" };
        var function = new Option<string[]>("--function") { Description = "Where a Python function is that the model names: text_utils.clean_text=path.py:clean_text.", HelpName = "FUNCTION" };
        var metadata = new Option<string?>("--metadata") { Description = "A metadata.json with what else is to be known of the version.", HelpName = "FILE" };
        var promote = new Option<bool>("--promote") { Description = "Also makes it the version that serves when none is asked for." };
        var command = new Command("add", "Puts the pieces of a model together, tries them, and publishes them as a version.")
        {
            sources, name, version, registry, labels, threshold, features, function, metadata, promote,
        };
        foreach (var option in Chain)
        {
            command.Add(new Option<string[]>(option) { Description = "What comes before the model; several go in the order in which they are given.", HelpName = "FILE" });
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, () =>
        {
            var request = new AddRequest
            {
                Sources = parsed.GetRequiredValue(sources),
                Before = Before(parsed),
                Labels = parsed.GetValue(labels),
                Threshold = parsed.GetValue(threshold),
                Features = parsed.GetValue(features),
                Functions = parsed.GetValue(function) ?? [],
                Metadata = parsed.GetValue(metadata),
            };
            using var plan = AddPlan.Make(request, cancellation);
            var output = parsed.InvocationConfiguration.Output;
            output.Write(AddText.Render(plan));
            var publisher = new RegistryPublisher(new RegistryOptions { Root = parsed.GetValue(registry) ?? RegistrySymbols.DefaultRoot });
            var (model, added) = (parsed.GetValue(name), parsed.GetRequiredValue(version));
            output.WriteLine($"Published {added} in {publisher.Publish(new PublishRequest { Model = model, Version = added, Sources = [plan.Folder] })}");
            if (parsed.GetValue(promote))
            {
                RegistryPromoteCommand.Promote(publisher, model, added, output);
            }
        })));
        return command;
    }

    // The parser keeps the values of one option together; across options the order is that of the command line.
    private static List<string> Before(ParseResult parsed)
    {
        var before = new List<string>();
        for (var i = 0; i < parsed.Tokens.Count - 1; i++)
        {
            if (parsed.Tokens[i] is { Type: TokenType.Option } option && Chain.Contains(option.Value))
            {
                before.Add(parsed.Tokens[i + 1].Value);
            }
        }

        return before;
    }

    private static int Run(ParseResult parsed, Action add)
    {
        try
        {
            add();
            return 0;
        }
        catch (Exception e) when (e is CommandException or RegistryException or IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"skiff add: {e.Message}");
            return 1;
        }
    }
}
