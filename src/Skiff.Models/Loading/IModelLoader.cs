namespace Skiff.Models;

/// <summary>Turns the files of a version into a model. Handed to the server by whoever composes it.</summary>
public interface IModelLoader
{
    /// <summary>Reads a model whole.</summary>
    /// <param name="source">Its files.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ModelLoadException">The files are not a model that can be served; the message says what and where.</exception>
    IModel Load(ModelSource source, CancellationToken cancellation = default);
}
