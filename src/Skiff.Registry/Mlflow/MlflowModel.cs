namespace Skiff.Registry;

/// <summary>A model that MLflow keeps, and where its versions are.</summary>
/// <param name="Folder">The folder that stands for it.</param>
/// <param name="Versions">Its versions, lowest first.</param>
/// <param name="Served">The version that answers when none is asked for; null for the highest.</param>
internal sealed record MlflowModel(FolderListing Folder, IReadOnlyList<MlflowVersion> Versions, string? Served);

/// <summary>A version of a model that MLflow keeps.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">The model directory; null where <paramref name="Problem"/> says why there is none.</param>
/// <param name="Problem">Why its files cannot be reached, or null.</param>
internal sealed record MlflowVersion(string Name, FolderListing? Folder, string? Problem);
