namespace Skiff.Sklearn;

/// <summary>Where the source of functions is looked for when a model is read from a file alone, without a registry around it.</summary>
internal static class FunctionFolders
{
    /// <summary>
    /// The file's own folder; within a registry (<c>latest/</c>, <c>versions/1.0.0/</c>) also the model's folder and the root above it.
    /// </summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        var above = Path.GetDirectoryName(folder);
        var model = Path.GetFileName(folder) == "latest" ? above : Path.GetFileName(above) == "versions" ? Path.GetDirectoryName(above) : null;
        if (model is null)
        {
            return [folder];
        }

        return Path.GetDirectoryName(model) is { } root ? [folder, model, root] : [folder, model];
    }
}
