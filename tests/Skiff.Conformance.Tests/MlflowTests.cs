using System.Text.Json.Nodes;

namespace Skiff.Conformance.Tests;

/// <summary>Models that scikit-learn wrote, in MLflow's directories: the signature names their columns, and what does not fit it is refused.</summary>
public sealed class MlflowTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string People =
        """[{"type":"long","name":"age"},{"type":"float","name":"fare"},{"type":"string","name":"sex"},{"type":"string","name":"port","required":false}]""";

    /// <summary>The models of the server that these tests ask: name, fixture, inputs of the signature.</summary>
    internal static IEnumerable<(string Name, string Fixture, string Inputs)> Models =>
    [
        ("mlflow-named", "logistic-three-lbfgs", """[{"type":"double","name":"a"},{"type":"long","name":"b"},{"type":"integer","name":"c","required":false},{"type":"boolean","name":"d"}]"""),
        ("mlflow-tensor", "logistic-three-lbfgs", """[{"type":"tensor","tensor-spec":{"dtype":"float64","shape":[-1,4]}}]"""),
        ("mlflow-people", "table-model-logistic", People),
    ];

    [Fact]
    public async Task Predict_RowsByTheNamesOfTheSignature_AnswerAsRowsByPosition()
    {
        var byName = await server.PostAsync("/predict", Body("""{"model":"mlflow-named","instances":[{"d":true,"c":-3,"b":2,"a":0.5}],"outputs":["predict_proba"]}"""));
        var byPosition = await server.PostAsync("/predict", Body("""{"model":"logistic-three-lbfgs","instances":[[0.5,2,-3,1]],"outputs":["predict_proba"]}"""));

        Assert.Equal(byPosition.GetProperty("outputs").GetRawText(), byName.GetProperty("outputs").GetRawText());
    }

    [Theory]
    [InlineData("""{"a":0.5,"b":2.5,"c":1,"d":true}""", "column 'b', row 0: 2.5 was given where the signature says long")]
    [InlineData("""{"a":0.5,"b":2,"c":3000000000,"d":true}""", "column 'c', row 0: 3000000000.0 was given where the signature says integer")]
    [InlineData("""{"a":0.5,"b":2,"c":1,"d":2}""", "column 'd', row 0: 2.0 was given where the signature says boolean")]
    [InlineData("""{"a":0.5,"b":null,"c":1,"d":true}""", "column 'b', row 0: no value was given where the signature says long, which cannot be missing")]
    [InlineData("""{"a":0.5,"b":"Infinity","c":1,"d":true}""", "column 'b', row 0: inf was given where the signature says long")]
    [InlineData("""{"a":0.5,"c":1,"d":true}""", "column 'b', row 0: no value was given")]
    [InlineData("""{"a":"x","b":1,"c":1,"d":true}""", "column 'a', row 0: the text \"x\" was given where the model takes a number")]
    [InlineData("[0.5,2.5,1,1]", "column 'b', row 0: 2.5 was given where the signature says long")]
    public async Task Predict_ACellThatDoesNotFitItsType_IsRefusedInWords(string row, string message)
    {
        var (status, answer) = await server.TryPostAsync("/predict", Body($$"""{"model":"mlflow-named","instances":[{{row}}]}"""));

        Assert.Equal((422, message), (status, answer.GetProperty("detail")[0].GetProperty("msg").GetString()));
    }

    [Fact]
    public async Task Predict_AnOptionalColumnLeftOut_IsMissing()
    {
        var (status, answer) = await server.TryPostAsync("/predict", Body("""{"model":"mlflow-named","instances":[{"a":0.5,"b":2,"d":false}]}"""));
        var without = await server.PostAsync("/predict", Body("""{"model":"mlflow-people","instances":[{"age":30,"fare":7.25,"sex":"male"}],"outputs":["predict_proba"]}"""));
        var withNull = await server.PostAsync("/predict", Body("""{"model":"table-model-logistic","instances":[{"age":30,"fare":7.25,"sex":"male","port":null}],"outputs":["predict_proba"]}"""));

        Assert.Equal((422, true), (status, answer.GetProperty("detail")[0].GetProperty("msg").GetString()!.Contains("NaN", StringComparison.Ordinal)));
        Assert.Equal(withNull.GetProperty("outputs").GetRawText(), without.GetProperty("outputs").GetRawText());
    }

    [Fact]
    public async Task Infer_AnOptionalColumnLeftOut_IsMissing()
    {
        const string Columns = """{"name":"age","shape":[2],"datatype":"FP64","data":[30,31]},{"name":"fare","shape":[2],"datatype":"FP64","data":[7.1,8]},{"name":"sex","shape":[2],"datatype":"BYTES","data":["male","female"]}""";
        var without = await server.PostAsync("/v2/models/mlflow-people/infer", Body($$"""{"inputs":[{{Columns}}]}"""));
        var (status, wrong) = await server.TryPostAsync("/v2/models/mlflow-people/infer", Body($$"""{"inputs":[{{Columns.Replace("[30,31]", "[30,31.5]", StringComparison.Ordinal)}}]}"""));

        Assert.Equal(2, without.GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
        Assert.Equal((400, "column 'age', row 1: 31.5 was given where the signature says long"), (status, wrong.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Predict_FloatColumn_IsRoundedToFloat32()
    {
        var rounded = await server.PostAsync("/predict", Body("""{"model":"mlflow-people","instances":[{"age":30,"fare":7.1,"sex":"male","port":"S"}],"outputs":["predict_proba"]}"""));
        var single = await server.PostAsync("/predict", Body($$"""{"model":"table-model-logistic","instances":[{"age":30,"fare":{{(double)7.1f:R}},"sex":"male","port":"S"}],"outputs":["predict_proba"]}"""));

        Assert.Equal(single.GetProperty("outputs").GetRawText(), rounded.GetProperty("outputs").GetRawText());
    }

    [Fact]
    public async Task Metadata_OfAModelWithASignature_HasItsTypes()
    {
        var v2 = await server.GetAsync("/v2/models/mlflow-people");
        var own = await server.GetAsync("/models/1?model=mlflow-named");

        Assert.Equal("age INT64, fare FP32, sex BYTES, port BYTES", string.Join(", ", v2.GetProperty("inputs").EnumerateArray().Select(input => $"{input.GetProperty("name")} {input.GetProperty("datatype")}")));
        Assert.Equal(
            """[{"name":"a","kind":"number","type":"double"},{"name":"b","kind":"number","type":"long"},{"name":"c","kind":"number","type":"integer","optional":true},{"name":"d","kind":"number","type":"boolean"}]""",
            own.GetProperty("signature").GetProperty("input").GetProperty("columns").GetRawText());
    }

    [Fact]
    public async Task Predict_ATensorSignature_TakesRowsByPosition()
    {
        var answer = await server.PostAsync("/predict", Body("""{"model":"mlflow-tensor","instances":[[0.5,2,-3,1]]}"""));

        Assert.Equal(1, answer.GetProperty("predictions").GetArrayLength());
    }

    private static JsonNode Body(string json) => JsonNode.Parse(json)!;
}
