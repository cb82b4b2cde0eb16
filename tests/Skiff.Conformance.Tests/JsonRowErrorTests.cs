using System.Text.Json.Nodes;

namespace Skiff.Conformance.Tests;

/// <summary>What a caller reads about models whose rows are lists or objects: what they take, and why a row is refused, by every protocol.</summary>
public sealed class JsonRowErrorTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Hasher = "rows-pipeline-dict";
    private const string Refusal = "column 'json', row 1: null was given for \"b\"; a number, a boolean or a text can be";

    [Theory]
    [InlineData("""{"model":"rows-pipeline-dict","instances":[{"a":1},{"b":null}]}""", """["body","instances",1,"json"]""", Refusal)]
    [InlineData("""{"model":"rows-pipeline-dict","instances":[{"a":1},null]}""", """["body","instances",1,"json"]""", "column 'json', row 1: null was given where the model takes a list or an object")]
    [InlineData("""{"model":"rows-pipeline-dict","instances":[["a"]]}""", """["body","instances",0,"json"]""", "column 'json', row 0: a list was given where FeatureHasher takes an object")]
    [InlineData("""{"model":"rows-pipeline-dict","instance":3}""", """["body","instance","json"]""", "column 'json', row 0: a number was given where FeatureHasher takes an object")]
    [InlineData("""{"model":"rows-pipeline-dict","text":"{}"}""", """["body","text"]""", "column 'json', row 0: a text was given where FeatureHasher takes an object")]
    [InlineData("""{"model":"rows-columns","instances":[{"tags":["a"],"age":1,"props":{}},{"tags":"a","age":1,"props":{}}]}""", """["body","instances",1,"tags"]""", "column 'tags', row 1: a text was given where FeatureHasher takes a list")]
    [InlineData("""{"model":"rows-columns","instances":[{"tags":["a"],"age":[1],"props":{}}]}""", """["body","instances",0,"age"]""", "column 'age', row 0: a list or an object was given where the model takes one value")]
    public async Task Predict_ARowThatTheModelRefuses_NamesColumnAndRow(string body, string place, string message)
    {
        var (status, answer) = await server.TryPostAsync("/predict", body);

        Assert.Equal(422, status);
        var detail = answer.GetProperty("detail")[0];
        Assert.Equal((place, message), (detail.GetProperty("loc").GetRawText(), detail.GetProperty("msg").GetString()));
    }

    [Theory]
    [InlineData("""{"datatype":"BYTES","data":["{}","{\"b\":null}"]}""", Refusal)]
    [InlineData("""{"datatype":"BYTES","data":["{}","{\"b\":"]}""", "column 'json', row 1: \"{\"b\":\" is no JSON: Expecting value (byte 5)")]
    [InlineData("""{"datatype":"BYTES","data":["{}",null]}""", "column 'json', row 1: null was given where the model takes a list or an object")]
    [InlineData("""{"datatype":"FP64","data":[1,2]}""", "column 'json', row 0: a number was given where the model takes a list or an object; send it as a string of JSON")]
    public async Task Infer_ATensorThatTheModelRefuses_NamesColumnAndRow(string tensor, string message)
    {
        var input = (JsonObject)JsonNode.Parse(tensor)!;
        input["name"] = "json";
        input["shape"] = new JsonArray(2);

        var (status, answer) = await server.TryPostAsync($"/v2/models/{Hasher}/infer", new JsonObject { ["inputs"] = new JsonArray(input) });

        Assert.Equal((400, message), (status, answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task V1Predict_ARowThatTheModelRefuses_NamesColumnAndRow()
    {
        var (status, answer) = await server.TryPostAsync($"/v1/models/{Hasher}:predict", """{"instances":[{"a":1},{"b":null}]}""");

        Assert.Equal((400, Refusal), (status, answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Metadata_OfLists_SaysThatATextIsJson()
    {
        var whole = await server.GetAsync($"/v2/models/{Hasher}");
        var table = await server.GetAsync("/v2/models/rows-columns");

        Assert.Equal("""[{"name":"json","datatype":"BYTES","shape":[-1],"parameters":{"content_type":"json"}}]""", whole.GetProperty("inputs").GetRawText());
        Assert.Equal(
            """[{"name":"tags","datatype":"BYTES","shape":[-1],"parameters":{"content_type":"json"}},{"name":"age","datatype":"FP64","shape":[-1]},{"name":"props","datatype":"BYTES","shape":[-1],"parameters":{"content_type":"json"}}]""",
            table.GetProperty("inputs").GetRawText());
    }

    [Fact]
    public async Task Signature_OfLists_SaysSo()
    {
        var whole = (await server.GetAsync($"/models/latest?model={Hasher}")).GetProperty("signature").GetProperty("input");
        var table = (await server.GetAsync("/models/latest?model=rows-columns")).GetProperty("signature").GetProperty("input");

        Assert.Equal("""{"form":"json","columns":[{"name":"json","kind":"text","type":"json"}]}""", whole.GetRawText());
        Assert.Equal(("frame", "json"), (table.GetProperty("form").GetString(), table.GetProperty("columns")[2].GetProperty("type").GetString()));
    }
}
