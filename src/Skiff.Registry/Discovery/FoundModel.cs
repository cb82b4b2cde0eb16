namespace Skiff.Registry;

/// <summary>A model that one look found.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Mlflow">Where its versions are, where MLflow keeps it; null where it is laid out as Skiff's own registry is.</param>
internal sealed record FoundModel(FolderListing Folder, MlflowModel? Mlflow);
