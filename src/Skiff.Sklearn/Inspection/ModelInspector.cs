using System.Globalization;
using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Looks into a model file, supported or not, without executing anything of it.</summary>
public static class ModelInspector
{
    /// <summary>Reports on a file.</summary>
    /// <param name="path">The file: any pickle, in any container that is read.</param>
    /// <param name="functionPaths">Where the source of Python functions is looked for besides the file's own folder.</param>
    /// <param name="options">Budgets and registered functions; null for the defaults.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="PickleException">The file is not a pickle, or not whole.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelReport Inspect(string path, IReadOnlyList<string>? functionPaths = null, SklearnOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= SklearnOptions.Default;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var source = new ModelSource
        {
            Directory = folder,
            Artifacts = [Path.GetFileName(path)],
            FunctionPaths = [.. FunctionFolders.Of(folder), .. functionPaths ?? []],
        };
        var document = PickleReader.Read(path, options.Pickle, cancellation);
        var (signature, problem) = TryLoad(source, options, cancellation);
        var tree = new ReportTree(document.Root);
        return new ModelReport(
            Path.GetFileName(path),
            new FileInfo(path).Length,
            document.Container.ToString().ToLower(CultureInfo.InvariantCulture),
            document.Length,
            document.Protocol,
            tree.Versions,
            tree.Root,
            [.. document.Names.Select(name => new ReportName(name.Global.ToString(), NameVerdict.Of(name.Global, tree), name.Count, name.Offset))],
            signature,
            problem,
            document.Warnings);
    }

    private static (ModelSignature? Signature, string? Problem) TryLoad(ModelSource source, SklearnOptions options, CancellationToken cancellation)
    {
        try
        {
            return (new SklearnModelLoader(options).Load(source, cancellation).Signature, null);
        }
        catch (ModelLoadException e)
        {
            return (null, e.Message);
        }
    }
}
