namespace Skiff.Server.Tests;

public sealed class ProtocolV2Tests
{
    private const string Infer = "/v2/models/default/infer";

    [Fact]
    public async Task Health_ReadyServer_SaysSo()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("""{"live":true}""", (await server.GetAsync("/v2/health/live")).Text);
        Assert.Equal("""{"ready":true}""", (await server.GetAsync("/v2/health/ready")).Text);
        Assert.Equal("""{"name":"default","ready":true}""", (await server.GetAsync("/v2/models/default/ready")).Text);
        Assert.Equal("""{"name":"default","ready":true}""", (await server.GetAsync("/v2/models/default/versions/1.0.0/ready")).Text);
        var metadata = (await server.GetAsync("/v2")).Json;
        Assert.Equal("skiff", metadata.GetProperty("name").GetString());
        Assert.Equal("[]", metadata.GetProperty("extensions").GetRawText());
    }

    [Fact]
    public async Task Ready_NothingThere_Is503()
    {
        await using var server = await TestServer.StartAsync(static _ => { }, waitUntilReady: false);
        var answer = await server.GetAsync("/v2/health/ready");
        Assert.Equal(503, answer.Status);
        Assert.Equal("""{"ready":false}""", answer.Text);
    }

    [Fact]
    public async Task Metadata_TextClassifier_ListsTensorsAndClasses()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(
            """{"name":"default","versions":["1.0.0"],"platform":"sklearn_joblib","inputs":[{"name":"text","datatype":"BYTES","shape":[-1]}],"outputs":[{"name":"predict","datatype":"BYTES","shape":[-1],"parameters":{"classes":["negative","positive"]}},{"name":"predict_proba","datatype":"FP64","shape":[-1,2],"parameters":{"classes":["negative","positive"]}}]}""",
            (await server.GetAsync("/v2/models/default")).Text);
    }

    [Theory]
    [InlineData("[2]", """["good","bad"]""")]
    [InlineData("[2,1]", """["good","bad"]""")]
    [InlineData("[2,1]", """[["good"],["bad"]]""")]
    public async Task Infer_Text_AnswersLabelsAsBytes(string shape, string data)
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.PostAsync(
            Infer, $$$"""{"id":"7\u00e9","inputs":[{"data":{{{data}}},"name":"anything","shape":{{{shape}}},"datatype":"BYTES","parameters":{"content_type":"str"}}]}""");
        Assert.Equal(
            """{"model_name":"default","model_version":"1.0.0","id":"7\u00e9","outputs":[{"name":"predict","shape":[2],"datatype":"BYTES","data":["positive","negative"]}]}""",
            answer.Text);
    }

    [Fact]
    public async Task Infer_OutputsByName_AnswersThose()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.PostAsync(
            Infer, """{"inputs":[{"name":"t","shape":[2],"datatype":"BYTES","data":["good","bad"]}],"outputs":[{"name":"predict_proba"}]}""");
        Assert.Equal(
            """{"model_name":"default","model_version":"1.0.0","outputs":[{"name":"predict_proba","shape":[2,2],"datatype":"FP64","data":[0.1,0.9,0.75,0.25]}]}""",
            answer.Text);
    }

    [Theory]
    [InlineData("""[{"name":"x","shape":[2,3],"datatype":"FP64","data":[1,2,3,4,5,6.5]}]""", "[6.0,15.5]")]
    [InlineData("""[{"name":"x","shape":[2,3],"datatype":"INT32","data":[[1,2,3],[4,5,6]]}]""", "[6.0,15.0]")]
    [InlineData("""[{"name":"c","shape":[2],"datatype":"FP64","data":[3,6]},{"name":"a","shape":[2,1],"datatype":"INT8","data":[1,4]},{"name":"b","shape":[2],"datatype":"UINT8","data":[2,5]}]""", "[6.0,15.0]")]
    [InlineData("""[{"name":"x","shape":[1,3],"datatype":"FP32","data":[0.1,0,0]}]""", "[0.10000000149011612]")]
    [InlineData("""[{"name":"x","shape":[1,3],"datatype":"FP16","data":[0.1,0,0]}]""", "[0.0999755859375]")]
    [InlineData("""[{"name":"x","shape":[2,3],"datatype":"FP64","data":[null,0,0,"Infinity",0,0]}]""", "[\"NaN\",\"Infinity\"]")]
    [InlineData("""[{"name":"x","shape":[2,3],"datatype":"FP64","data":[NaN,0,0,-Infinity,0,0]}]""", "[\"NaN\",\"-Infinity\"]")]
    [InlineData("""[{"name":"x","shape":[1,3],"datatype":"BOOL","data":[true,false,true]}]""", "[2.0]")]
    public async Task Infer_Matrix_TakesOneTensorOrOneAColumn(string inputs, string data)
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "matrix", isLatest: true));
        var answer = await server.PostAsync(Infer, $$"""{"inputs":{{inputs}}}""");
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(data, answer.Json.GetProperty("outputs")[0].GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("""[{"name":"age","shape":[2],"datatype":"INT64","data":[7,8]},{"name":"extra","shape":[9],"datatype":"FP64","data":[1,2,3,4,5,6,7,8,9]},{"name":"city","shape":[2],"datatype":"BYTES","data":["a",null]}]""", "[7,-1]")]
    public async Task Infer_Frame_TakesColumnsByNameAndIgnoresOthers(string inputs, string data)
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "frame", isLatest: true));
        var answer = await server.PostAsync(Infer, $$"""{"inputs":{{inputs}}}""");
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(data, answer.Json.GetProperty("outputs")[0].GetProperty("data").GetRawText());
        Assert.Equal("INT64", answer.Json.GetProperty("outputs")[0].GetProperty("datatype").GetString());
    }

    [Theory]
    [InlineData("", "the body is empty")]
    [InlineData("{", "the body is not JSON: Expecting property name enclosed in double quotes (character 1)")]
    [InlineData("[]", "the body should be an object with \"inputs\"")]
    [InlineData("{}", "\"inputs\" should be a list of tensors")]
    [InlineData("""{"inputs":[]}""", "\"inputs\" should hold at least one tensor")]
    [InlineData("""{"inputs":[5]}""", "inputs[0] should be an object")]
    [InlineData("""{"id":5,"inputs":[]}""", "\"id\" should be a string")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP65","data":[1,2,3]}]}""", "inputs[0] has an unknown datatype; known are BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64, BYTES")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP64"}]}""", "inputs[0] should have \"data\", a list; binary tensor data is not supported")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1000000000,3],"datatype":"FP64","data":[1,2,3]}]}""", "inputs[0]: \"data\" has fewer elements than \"shape\" says")]
    [InlineData("""{"inputs":[{"name":"x","shape":[-1,3],"datatype":"FP64","data":[1,2,3]}]}""", "inputs[0]: \"shape\" should be a list of integers that are not negative")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3,1],"datatype":"FP64","data":[1,2,3]}]}""", "inputs[0]: \"shape\" should have one dimension, the rows, or two, rows and columns")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP64","data":[1,2,3,4]}]}""", "\"data\" should hold 3 elements, flat or nested as \"shape\" says")]
    [InlineData("""{"inputs":[{"name":"x","shape":[2,3],"datatype":"FP64","data":[[1,2],[3,4,5,6]]}]}""", "\"data\" should hold 6 elements, flat or nested as \"shape\" says")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP64","data":[1,2]}]}""", "the tensor has 2 values a row, the model takes 3")]
    [InlineData("""{"inputs":[{"name":"x","shape":[0,3],"datatype":"FP64","data":[]}]}""", "the tensors should hold at least one row")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"INT8","data":[1,2,300]}]}""", "column 'c', row 0: the element does not fit the tensor's datatype")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"INT64","data":[1,2.5,3]}]}""", "column 'b', row 0: the element does not fit the tensor's datatype")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1],"datatype":"FP64","data":[1]},{"name":"b","shape":[1],"datatype":"FP64","data":[1]}]}""", "column 'c' is missing")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1],"datatype":"FP64","data":[1]},{"name":"b","shape":[1],"datatype":"FP64","data":[1]},{"name":"c","shape":[1],"datatype":"FP64","data":[1]},{"name":"a","shape":[1],"datatype":"FP64","data":[1]}]}""", "column 'a' was given twice")]
    [InlineData("""{"inputs":[{"name":"a","shape":[1],"datatype":"FP64","data":[1]},{"name":"b","shape":[2],"datatype":"FP64","data":[1,2]}]}""", "inputs[1] has 2 rows, inputs[0] has 1")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP64","data":[1,2,3]}],"outputs":[{"name":"apply"}]}""", "the model has no output 'apply'; it has predict, transform")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP64","data":[1,2,3]}],"outputs":[5]}""", "each of \"outputs\" should be an object with a \"name\"")]
    public async Task Infer_BadRequest_Is400AndSaysWhatWouldBeRight(string body, string error)
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "matrix", isLatest: true));
        var answer = await server.PostAsync(Infer, body);
        Assert.Equal(400, answer.Status);
        Assert.Equal(error, answer.Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Infer_FreeWidth_TakesAnyWidth()
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "free", isLatest: true));
        var answer = await server.PostAsync(Infer, """{"inputs":[{"name":"x","shape":[1,5],"datatype":"FP64","data":[1,2,3,4,5]}]}""");
        Assert.Equal("[15.0]", answer.Json.GetProperty("outputs")[0].GetProperty("data").GetRawText());
    }
}
