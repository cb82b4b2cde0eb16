using Skiff.Models;

namespace Skiff.Server;

/// <summary>A version's files and what is said of them.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's name.</param>
/// <param name="Files">Stands for one state of the files: the same object for as long as they are the same, another once they change.</param>
/// <param name="Source">What a loader is given.</param>
/// <param name="Facts">What <c>metadata.json</c> says.</param>
/// <param name="FindChange">Looks again at the files and answers what is different from when they were found; null where nothing is.</param>
internal sealed record CatalogVersion(
    string Model,
    string Version,
    object Files,
    ModelSource Source,
    VersionFacts Facts,
    Func<string?> FindChange);

/// <summary>What <c>metadata.json</c> says: values as JSON, <c>null</c> where there are none.</summary>
/// <param name="Json">The whole object.</param>
/// <param name="BestCvAccuracy">The value of <c>best_cv_accuracy</c>.</param>
/// <param name="TestAccuracy">The value of <c>test_accuracy</c>.</param>
/// <param name="SavedAt">The value of <c>saved_at</c>.</param>
internal sealed record VersionFacts(
    ReadOnlyMemory<byte> Json,
    ReadOnlyMemory<byte> BestCvAccuracy,
    ReadOnlyMemory<byte> TestAccuracy,
    ReadOnlyMemory<byte> SavedAt);
