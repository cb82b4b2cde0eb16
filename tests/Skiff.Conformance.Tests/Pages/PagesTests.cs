using Skiff.Sklearn;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests.Pages;

/// <summary>The pages that tell what can be served and how well, against the catalog and the fixtures.</summary>
public sealed class PagesTests
{
    // Classes that no reader is written for yet; each that comes is taken out here.
    private static readonly string[] Unread =
    [
        "DictVectorizer", "FeatureHasher", "LabelEncoder", "MultiLabelBinarizer", "PatchExtractor",
    ];

    [Fact]
    public void Pages_WhatIsComputed_IsWhatTheCatalogAndTheFixturesSay()
    {
        var packages = CatalogRecords.Read();
        var estimators = new Page("estimators.md");
        estimators.Check(EstimatorsPage.Write(packages, estimators.Computed), text => text);
        new Page("fidelity.md").Check(FidelityPage.Write(packages), FidelityPage.WithoutSizes);
    }

    [Fact]
    public void Catalog_EveryEstimatorOfEveryRelease_IsReadOrSaidToAnswerNothing()
    {
        var unknown = CatalogRecords.Releases().Where(estimator => !(estimator.Methods.Count == 0
            ? UnansweringCatalog.TryFind(estimator.Name, out _)
            : EstimatorCatalog.TryFind(estimator.Name, out _)));

        Assert.Equal(Unread, unknown.Select(estimator => estimator.Name.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fixtures_EveryEstimatorOfEveryRelease_HasSome()
    {
        var written = Fixture.Names.Select(Fixture.Read).Select(fixture => (fixture.Release, fixture.Class)).ToHashSet();
        var missing = CatalogRecords.Releases().Where(estimator => !Unread.Contains(estimator.Name.Name) && !written.Contains((estimator.Release, estimator.Name.ToString())));

        Assert.Equal(string.Empty, string.Join(", ", missing.Select(estimator => $"{estimator.Release} {estimator.Name.Name}")));
    }
}
