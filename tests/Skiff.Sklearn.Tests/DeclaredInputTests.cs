using Skiff.Models;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests;

/// <summary>A signature beside a model, and the model itself: they must agree.</summary>
public sealed class DeclaredInputTests
{
    private const string WayOut = "; log the model again with the signature of its training data, or take the signature out of MLmodel";

    [Theory]
    [InlineData("logistic-three-lbfgs", "a double,b double", "the signature declares 2 columns, the model takes 4" + WayOut)]
    [InlineData("logistic-three-lbfgs", "- double,- datetime,- double,- double", "the signature says datetime for the column 'x1'; boolean, integer, long, float, double and string can be served")]
    [InlineData("logistic-three-lbfgs", "a double,b string,c double,d double", "the signature says string for the column 'b', the model takes numbers there" + WayOut)]
    [InlineData("table-model-logistic", "age double,fare double,sex long,port string,class long", "the signature says long for the column 'sex', the model takes texts there" + WayOut)]
    [InlineData("table-model-logistic", "age double,ticket double,sex string,port string,class long", "the signature lacks the column 'fare', which the model takes" + WayOut)]
    [InlineData("tfidf-default", "text long", "the signature declares one column of type long, the model takes one text a row" + WayOut)]
    [InlineData("tfidf-default", "a string,b string", "the signature declares 2 columns, the model takes one text a row" + WayOut)]
    [InlineData("rows-pipeline-dict", "text string", "the signature declares one column of type string, the model takes one list or object a row" + WayOut)]
    [InlineData("rows-pipeline-dict", "dog double,cat double", "the signature declares 2 columns, the model takes one list or object a row" + WayOut)]
    [InlineData("rows-columns", "tags string,age double,props map", "the signature says string for the column 'tags', the model takes lists or objects there" + WayOut)]
    public void Load_ASignatureThatTheModelContradicts_IsRefused(string fixture, string columns, string reason)
    {
        var error = Assert.Throws<ModelLoadException>(() => Load(fixture, columns));

        Assert.Equal(reason, error.Message);
    }

    [Theory]
    [InlineData("tfidf-default", "text string", "text")]
    [InlineData("logistic-three-lbfgs", "a double,b double,a double,d double", "x0 x1 x2 x3")]
    [InlineData("logistic-three-lbfgs", "a double,b double,c double,d double", "a b c d")]
    [InlineData("scale-normalizer-not-fitted", "a double,b float", "a b")]
    [InlineData("scale-normalizer-not-fitted", "- double,- float,- long", "x0 x1 x2")]
    [InlineData("rows-pipeline-dict", "- map", "json")]
    [InlineData("rows-pipeline-pair", "rows array", "json")]
    [InlineData("rows-columns", "tags array,age double,props object", "tags age props")]
    public void Load_ASignatureThatFits_GivesTheColumns(string fixture, string columns, string names) =>
        Assert.Equal(names, string.Join(' ', Load(fixture, columns).Signature.Input.Columns.Select(column => column.Name)));

    private static SklearnModel Load(string fixture, string columns) => new SklearnModelLoader().Load(
        new ModelSource
        {
            Directory = RepositoryFolder.At("tests/fixtures/1.9.0"),
            Artifacts = [$"{fixture}.joblib"],
            Columns = [.. columns.Split(',').Select(column => column.Split(' ')).Select(parts => new DeclaredColumn(parts[0] == "-" ? null : parts[0], parts[1], true))],
        },
        TestContext.Current.CancellationToken);
}
