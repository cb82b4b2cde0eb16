using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Reads scikit-learn models: one file, several that feed each other, or the entries of a pickled dict. Safe to call from any thread.</summary>
/// <param name="options">Budgets and registered functions; null for the defaults.</param>
public sealed class SklearnModelLoader(SklearnOptions? options = null) : IModelLoader
{
    private readonly SklearnOptions _options = options ?? SklearnOptions.Default;

    /// <inheritdoc cref="IModelLoader.Load"/>
    public SklearnModel Load(ModelSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var artifacts = new ArtifactReader(source, _options.Pickle, cancellation);
        return new ModelAssembly(source, artifacts, new ReadContext(new FunctionLibrary(source, _options))).Build();
    }

    IModel IModelLoader.Load(ModelSource source, CancellationToken cancellation) => Load(source, cancellation);
}
