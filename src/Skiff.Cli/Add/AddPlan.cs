using System.Text;
using System.Text.Json;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary>A version that <c>skiff add</c> would publish: staged, and loaded once.</summary>
internal sealed class AddPlan : IDisposable
{
    private readonly StagedModel _staged;

    private AddPlan(StagedModel staged, IReadOnlyList<ModelPiece> pieces, ModelSignature signature)
    {
        _staged = staged;
        Pieces = pieces;
        Signature = signature;
    }

    /// <summary>The folder whose content is the version.</summary>
    public string Folder => _staged.Folder;

    /// <summary>The version's <c>metadata.json</c> as it would be published, but for the sums; empty where there is none.</summary>
    public string Metadata => Path.Join(Folder, "metadata.json") is var file && File.Exists(file) ? File.ReadAllText(file) : string.Empty;

    /// <summary>What was found, and what it is for.</summary>
    public IReadOnlyList<ModelPiece> Pieces { get; }

    /// <summary>What the model takes and gives.</summary>
    public ModelSignature Signature { get; }

    /// <summary>Puts a version together and tries it.</summary>
    /// <exception cref="CommandException">A file is not there, or the pieces make no model.</exception>
    public static AddPlan Make(AddRequest request, CancellationToken cancellation)
    {
        var found = request.Sources is [var folder] && Directory.Exists(folder) ? SourceFolder.Look(folder) : new SourceFolder(null, request.Sources);
        StagedModel? staged = null;
        try
        {
            staged = new StagedModel();
            return found.Version is { } version ? Whole(staged, version, request, cancellation) : Stage(staged, request with { Sources = found.Files, Metadata = request.Metadata ?? found.Metadata }, cancellation);
        }
        catch (ModelLoadException e)
        {
            staged!.Dispose();
            throw new CommandException(staged.Translate(e.Message), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            staged?.Dispose();
            throw new CommandException($"{e.Message.TrimEnd('.')}. The pieces are put together below {Path.GetTempPath()}; TMPDIR names another folder", e);
        }
        catch
        {
            staged?.Dispose();
            throw;
        }
    }

    public void Dispose() => _staged.Dispose();

    private static AddPlan Whole(StagedModel staged, string version, AddRequest request, CancellationToken cancellation)
    {
        if (request.Before.Count > 0 || request.Labels is not null || request.Threshold is not null || request.Features is not null)
        {
            throw new CommandException($"{version} says by itself what it consists of; name its files rather than the folder to put them together anew");
        }

        staged.AddAll(version);
        var entries = staged.Find().Artifacts.Entries;
        var pieces = entries.Select((name, i) => new ModelPiece(name, string.Empty, i == entries.Count - 1 ? "answers" : i == 0 ? "first" : "then"));
        return new AddPlan(staged, [.. pieces], staged.Load(cancellation).Signature);
    }

    private static AddPlan Stage(StagedModel staged, AddRequest request, CancellationToken cancellation)
    {
        foreach (var function in request.Functions)
        {
            AddFunction(staged, function);
        }

        var before = request.Before.Select(staged.AddEntry).ToList();
        var sources = request.Sources.Select(staged.AddEntry).ToList();
        var names = Names(request.Features);
        var given = new ModelPlan([], [])
        {
            Labels = request.Labels is null ? null : staged.AddEntry(request.Labels),
            Threshold = request.Threshold is null || IsNumber(request.Threshold) ? request.Threshold : staged.AddEntry(request.Threshold),
            Features = request.Features is null ? null : names is null ? staged.AddEntry(request.Features) : string.Empty,
        };
        var isSaid = before.Count > 0 || sources.Exists(source => source.Contains('#', StringComparison.Ordinal));
        var plan = isSaid ? Said(before, sources, given) : ModelPlanner.Plan(staged.Folder, sources, given, null, cancellation);
        plan = names is null ? plan : plan with { Features = null };
        using var metadata = request.Metadata is null ? null : ReadMetadata(request.Metadata);
        staged.Describe(plan, names, metadata?.RootElement);
        return new AddPlan(staged, plan.Pieces, staged.Load(cancellation).Signature);
    }

    private static ModelPlan Said(List<string> before, List<string> sources, ModelPlan given)
    {
        if (sources.Count > 1)
        {
            throw new CommandException($"{string.Join(", ", sources)}: name one model, and what comes before it with --artifact");
        }

        var pieces = before.Select((entry, i) => new ModelPiece(entry, string.Empty, i == 0 ? "first" : "then")).Append(new ModelPiece(sources[0], string.Empty, "answers"));
        var others = new[] { (given.Labels, "labels"), (given.Threshold, "threshold"), (given.Features, "features") }
            .Where(other => !string.IsNullOrEmpty(other.Item1)).Select(other => new ModelPiece(other.Item1!, string.Empty, other.Item2));
        return given with { Artifacts = [.. before, sources[0]], Pieces = [.. pieces, .. others] };
    }

    private static void AddFunction(StagedModel staged, string function)
    {
        var equals = function.IndexOf('=', StringComparison.Ordinal);
        var colon = function.LastIndexOf(':');
        var dot = equals < 0 ? -1 : function.LastIndexOf('.', equals);
        if (equals < 0 || colon < equals || dot < 0)
        {
            throw new CommandException($"--function is \"{function}\"; expected such as text_utils.clean_text=path.py:clean_text");
        }

        var (module, name) = (function[..dot], function[(dot + 1)..equals]);
        if (function[(colon + 1)..] != name)
        {
            throw new CommandException($"--function {function}: a version finds its functions by name; call the function {name} in {function[(equals + 1)..colon]}");
        }

        staged.Add(function[(equals + 1)..colon], module == "__main__" ? "main.py" : module.Replace('.', '/') + ".py");
    }

    private static string[]? Names(string? features) => features is null || File.Exists(features) || features.Contains('#', StringComparison.Ordinal)
        ? null
        : features.Split(',', StringSplitOptions.TrimEntries);

    private static bool IsNumber(string text)
    {
        if (!PyFloat.TryParse(Encoding.UTF8.GetBytes(text), out var number))
        {
            return false;
        }

        return number is >= 0 and <= 1 ? true : throw new CommandException($"--threshold is {text}; 0 to 1 is possible");
    }

    private static JsonDocument ReadMetadata(string path)
    {
        try
        {
            var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new CommandException($"{path} is no JSON object");
        }
        catch (JsonException e)
        {
            throw new CommandException($"{path} is not JSON: {e.Message}", e);
        }
    }
}
