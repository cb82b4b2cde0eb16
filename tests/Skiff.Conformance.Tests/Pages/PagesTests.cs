using Skiff.Sklearn;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests.Pages;

/// <summary>The pages that tell what can be served and how well, against the catalog and the fixtures.</summary>
public sealed class PagesTests
{
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
        var unknown = CatalogRecords.Releases().Where(estimator => !UnansweringCatalog.TryFind(estimator.Name, out _)
            && (estimator.Methods.Count == 0 || !EstimatorCatalog.TryFind(estimator.Name, out _)));

        Assert.Empty(unknown.Select(estimator => estimator.Name.Name).Distinct());
    }

    [Fact]
    public void Fixtures_EveryEstimatorOfEveryRelease_HasSome()
    {
        var written = Fixture.Names.Select(Fixture.Read).Select(fixture => (fixture.Release, fixture.Class)).ToHashSet();
        var missing = CatalogRecords.Releases().Where(estimator => !written.Contains((estimator.Release, estimator.Name.ToString())));

        Assert.Equal(string.Empty, string.Join(", ", missing.Select(estimator => $"{estimator.Release} {estimator.Name.Name}")));
    }
}
