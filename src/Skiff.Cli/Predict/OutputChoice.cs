using Skiff.Models;

namespace Skiff.Cli;

/// <summary>Which of a model's outputs a person asks for.</summary>
internal static class OutputChoice
{
    /// <summary>Reads <c>--outputs</c>.</summary>
    /// <param name="outputs">What the model has.</param>
    /// <param name="names">Names of outputs or methods with commas between them; null for <c>predict</c>, or what stands for it.</param>
    /// <exception cref="CommandException">The model lacks one.</exception>
    public static IReadOnlyList<ModelOutput> Read(IReadOnlyList<ModelOutput> outputs, string? names)
    {
        if (names is null)
        {
            var method = outputs.Any(output => output.Method == Methods.Predict) ? Methods.Predict
                : outputs.Any(output => output.Method == Methods.Transform) ? Methods.Transform
                : outputs[0].Method;
            return [.. outputs.Where(output => output.Method == method)];
        }

        var chosen = new List<ModelOutput>();
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var found = outputs.Where(output => output.Name == name || MethodNames.Of(output.Method) == name).ToList();
            if (found.Count == 0)
            {
                throw new CommandException($"the model has no {name}; it has {string.Join(", ", outputs.Select(output => output.Name))}");
            }

            chosen.AddRange(found.Except(chosen));
        }

        return chosen.Count > 0 ? chosen : throw new CommandException($"--outputs names none; the model has {string.Join(", ", outputs.Select(output => output.Name))}");
    }
}
