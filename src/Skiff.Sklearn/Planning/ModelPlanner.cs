using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// Finds out how pieces make a model, by what they are first and by the names that people give them second. What can be read in two ways is refused,
/// with the options of <c>skiff add</c> that say which.
/// </summary>
public static class ModelPlanner
{
    /// <summary>Makes a plan of files, or of the values of a pickled dict.</summary>
    /// <param name="directory">The folder that the files are in.</param>
    /// <param name="files">Their names within it.</param>
    /// <param name="given">What is settled already: its labels, threshold and features are taken as they are. Null for nothing.</param>
    /// <param name="options">Budgets and registered functions; null for the defaults.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ModelLoadException">A file is no pickle, none of the pieces answers, or they can be put together in several ways or in none.</exception>
    public static ModelPlan Plan(string directory, IReadOnlyList<string> files, ModelPlan? given = null, SklearnOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(files);
        options ??= SklearnOptions.Default;
        var source = new ModelSource { Directory = directory, Artifacts = files, FunctionPaths = FunctionFolders.Of(directory) };
        var reader = new ArtifactReader(source, options.Pickle, cancellation);
        var pieces = new List<Piece>();
        foreach (var file in files)
        {
            var root = reader.Read(file);
            if (root is PyDict bundle && !ColumnEncoders.Is(bundle))
            {
                pieces.AddRange(bundle.Entries.Where(entry => entry.Key is string).Select(entry => Look($"{file}#{entry.Key}", entry.Value)));
            }
            else
            {
                pieces.Add(Look(file, root));
            }
        }

        return new PlanBuilder(pieces, given ?? new ModelPlan([], [])).Build();

        Piece Look(string entry, object? value) => Piece.Of(entry, value, () => new ReadContext(new FunctionLibrary(source, options)));
    }
}
