using System.Text.Json.Nodes;

namespace Skiff.Conformance.Tests;

/// <summary>What a caller reads whose row a table model refuses, by every protocol.</summary>
public sealed class TableErrorTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Unknown = "column 'port', row 1: \"Z\" is not one of C, Q, S";

    [Fact]
    public async Task Predict_UnknownCategory_NamesColumnRowAndCategories()
    {
        var (status, answer) = await server.TryPostAsync("/predict", Body("""{"model":"encoder-default-whole-port","instances":[{"port":"C"},{"port":"Z"}]}"""));

        Assert.Equal(422, status);
        var detail = answer.GetProperty("detail")[0];
        Assert.Equal("""["body","instances",1,"port"]""", detail.GetProperty("loc").GetRawText());
        Assert.Equal(Unknown, detail.GetProperty("msg").GetString());
    }

    [Fact]
    public async Task Infer_UnknownCategory_NamesColumnRowAndCategories()
    {
        var (status, answer) = await server.TryPostAsync(
            "/v2/models/encoder-default-whole-port/infer",
            Body("""{"inputs":[{"name":"port","shape":[2],"datatype":"BYTES","data":["S","Z"]}]}"""));

        Assert.Equal((400, Unknown), (status, answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task V1Predict_UnknownCategory_NamesColumnRowAndCategories()
    {
        var (status, answer) = await server.TryPostAsync("/v1/models/encoder-default-whole-port:predict", Body("""{"instances":[{"port":"Q"},{"port":"Z"}]}"""));

        Assert.Equal((400, Unknown), (status, answer.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData("""{"age":22,"fare":7.25,"sex":"male","port":null}""", null)]
    [InlineData("""{"fare":7.25,"sex":"male","port":"S"}""", "column 'age', row 0: no value was given")]
    [InlineData("""{"age":"22","fare":7.25,"sex":"male","port":"S"}""", "column 'age', row 0: the text \"22\" was given where the model takes a number")]
    [InlineData("""{"age":22,"fare":7.25,"sex":1,"port":"S"}""", "column 'sex', row 0: a number was given where the model takes text; send it as a string")]
    [InlineData("""{"age":22,"fare":7.25,"sex":true,"port":"S"}""", "column 'sex', row 0: a boolean was given where the model takes text; send it as a string")]
    [InlineData("""{"age":{"value":22},"fare":7.25,"sex":"male","port":"S"}""", "column 'age', row 0: a list or an object was given where the model takes one value")]
    [InlineData("""{"age":22,"fare":"Infinity","sex":"male","port":"S"}""", "column 'fare', row 0: SimpleImputer does not accept infinite values")]
    public async Task Predict_RowOfPeople_IsAnsweredOrRefusedInWords(string row, string? message)
    {
        var (status, answer) = await server.TryPostAsync("/predict", Body($$"""{"model":"table-model-logistic","instances":[{{row}}]}"""));

        Assert.Equal(message is null ? 200 : 422, status);
        Assert.Equal(message, message is null ? null : answer.GetProperty("detail")[0].GetProperty("msg").GetString());
    }

    private static JsonNode Body(string json) => JsonNode.Parse(json)!;
}
