namespace Skiff.Sklearn.Tests;

public sealed class CatalogTests
{
    [Fact]
    public void Catalog_EveryModule_IsOfAKnownPackage() =>
        Assert.All(EstimatorCatalog.Entries.SelectMany(entry => entry.Modules), module => Assert.Contains(module.Split('.')[0], new[] { "sklearn", "xgboost", "lightgbm", "imblearn", "category_encoders", "sklearn_pandas", "sklearn2pmml" }));

    [Theory]
    [InlineData("1.5.1", 1, 5, 1)]
    [InlineData("0.22.2.post1", 0, 22, 2)]
    [InlineData("1.0.dev0", 1, 0, 0)]
    [InlineData("1.10.0rc1", 1, 10, 0)]
    public void TryParse_AVersionOfScikitLearn_TakesItsThreeNumbers(string text, int major, int minor, int patch)
    {
        Assert.True(SklearnVersion.TryParse(text, out var version));
        Assert.Equal(new SklearnVersion(major, minor, patch), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("one.two")]
    [InlineData("1.x")]
    public void TryParse_SomethingElse_IsRefused(string text) => Assert.False(SklearnVersion.TryParse(text, out _));
}
