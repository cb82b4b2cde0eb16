using Skiff.Models;

namespace Skiff.Cli;

/// <summary>Stands where no reader of a model format is built in.</summary>
internal sealed class NoLoader : IModelLoader
{
    /// <inheritdoc/>
    public IModel Load(ModelSource source, CancellationToken cancellation = default) =>
        throw new ModelLoadException($"{source.Artifacts[0]}: no reader of this format is built in");
}
