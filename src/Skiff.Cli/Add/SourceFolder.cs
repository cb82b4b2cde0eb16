namespace Skiff.Cli;

/// <summary>What a folder that somebody names holds.</summary>
/// <param name="Version">The folder of a version as it is to be taken whole, or null.</param>
/// <param name="Files">The model files to be put together, where it is none.</param>
/// <param name="Metadata">The <c>metadata.json</c> beside them, or null.</param>
internal sealed record SourceFolder(string? Version, IReadOnlyList<string> Files, string? Metadata = null)
{
    private const string MlModel = "MLmodel";

    private static readonly string[] Endings = [".joblib", ".pkl", ".pickle", ".sav"];

    /// <summary>Looks into a folder.</summary>
    /// <exception cref="CommandException">It holds no model, or several.</exception>
    public static SourceFolder Look(string folder)
    {
        if (FindMlflow(folder) is { } mlflow)
        {
            return new SourceFolder(mlflow, []);
        }

        if (Directory.Exists(Path.Join(folder, "versions")) || Directory.Exists(Path.Join(folder, "latest")))
        {
            throw new CommandException($"{folder} is a registry; name the folder of one of its versions");
        }

        var files = Directory.GetFiles(folder)
            .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            throw new CommandException($"{folder} holds no model: no {string.Join(", ", Endings)} and no MLmodel file");
        }

        var metadata = Path.Join(folder, "metadata.json");
        return HasArtifacts(metadata) ? new SourceFolder(folder, []) : new SourceFolder(null, files, File.Exists(metadata) ? metadata : null);
    }

    // The folder of a logged model, of a run (artifacts/model/), or of its artifacts.
    private static string? FindMlflow(string folder)
    {
        if (File.Exists(Path.Join(folder, MlModel)))
        {
            return folder;
        }

        var artifacts = Directory.Exists(Path.Join(folder, "artifacts")) ? Path.Join(folder, "artifacts") : folder;
        var models = Directory.GetDirectories(artifacts).Prepend(artifacts).Where(candidate => File.Exists(Path.Join(candidate, MlModel))).Order(StringComparer.Ordinal).ToList();
        return models.Count switch
        {
            0 => null,
            1 => models[0],
            _ => throw new CommandException($"{folder} holds several MLflow models; name one: {string.Join(", ", models)}"),
        };
    }

    private static bool HasArtifacts(string metadata)
    {
        if (!File.Exists(metadata))
        {
            return false;
        }

        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(metadata));
            return json.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object && json.RootElement.TryGetProperty("artifacts", out _);
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
