using System.CommandLine;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary><c>skiff registry list</c>: what is there, and what serves.</summary>
internal static class RegistryListCommand
{
    internal static Command Create()
    {
        var symbols = new RegistrySymbols();
        var json = new Option<bool>("--json") { Description = "Writes JSON, with the metadata whole." };
        var command = new Command("list", "Lists models and versions, and marks what serves when no version is asked for.") { json };
        symbols.AddTo(command);
        command.SetAction(parsed => List(parsed, symbols, parsed.GetValue(json)));
        return command;
    }

    private static int List(ParseResult parsed, RegistrySymbols symbols, bool asJson)
    {
        var options = symbols.Options(parsed);
        var snapshot = new ModelRegistry(options).Refresh();
        var models = symbols.Model(parsed) is { } name ? [.. snapshot.Models.Where(model => model.Name == name)] : snapshot.Models;
        var problems = symbols.Model(parsed) is { } only ? [.. snapshot.Problems.Where(problem => problem.Model == only)] : snapshot.Problems;
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (asJson)
        {
            output.WriteLine(RegistryListing.ToJson(models, problems));
        }
        else
        {
            RegistryListing.WriteTable(models, output);
            foreach (var problem in problems)
            {
                error.WriteLine($"{problem.Path}: {problem.Message}");
            }
        }

        if (models.Count > 0)
        {
            return 0;
        }

        error.WriteLine($"skiff: there is no model{(symbols.Model(parsed) is { } missing ? $" {missing}" : string.Empty)} in {Path.GetFullPath(options.Root)}.");
        return 1;
    }
}
