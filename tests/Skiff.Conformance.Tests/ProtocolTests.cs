using System.Text.Json;
using System.Text.Json.Nodes;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests;

/// <summary>
/// The same rows by every way in - objects, lists, a tensor a column, one tensor - and in one request or one a row: the same bits come out, and they are
/// scikit-learn's. Of a model that solves for all rows of a request together, one row a request has scikit-learn's answers to that.
/// </summary>
public sealed class ProtocolTests(ModelServer server) : IClassFixture<ModelServer>
{
    public static TheoryData<string> Names => [.. ModelServer.Fixtures.Select(fixture => fixture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answers_ByEveryWayIn_AreTheSameBits(string name)
    {
        var fixture = Fixture.Read(name);
        if (fixture.Input!.JsonTexts is { } texts)
        {
            await CompareJsonAsync(fixture, texts);
            return;
        }

        var rows = Rows(fixture.Input);
        var methods = fixture.Outputs.Keys.Order(StringComparer.Ordinal).ToArray();
        var names = await server.NamesAsync(name) is { } known && known[0] != "x0" ? fixture.Input.FrameNames : null;
        var asked = rows.Select(row => (names is null ? List(row) : (JsonNode)Object(names, row)).ToJsonString()).ToArray();
        var answers = await PredictAsync(name, methods, asked);

        foreach (var method in methods)
        {
            CompareWithScikitLearn(fixture.Outputs[method], answers[method]);
        }

        var alone = await PredictOneByOneAsync(name, methods, asked);
        if (ReferenceEquals(fixture.Alone, fixture.Outputs))
        {
            Assert.Equal(answers, alone);
        }

        foreach (var method in methods)
        {
            CompareWithScikitLearn(fixture.Alone[method], alone[method]);
        }

        if (names is not null)
        {
            Assert.Equal(answers, await InferAsync(name, methods, [.. Enumerable.Range(0, names.Count).Reverse().Select(i => Tensor(names[i], rows, i))]));
        }
        else if (fixture.Input.Matrix is not null)
        {
            Assert.Equal(answers, await InferAsync(name, methods, [Whole(rows)]));
        }

        if (names is not null && names.SequenceEqual((await server.NamesAsync(name))!))
        {
            Assert.Equal(answers, await PredictAsync(name, methods, [.. rows.Select(row => List(row).ToJsonString())]));
        }
    }

    // The row is the value; a tensor holds its text.
    private async Task CompareJsonAsync(Fixture fixture, IReadOnlyList<string> rows)
    {
        var methods = fixture.Outputs.Keys.Order(StringComparer.Ordinal).ToArray();
        var answers = await PredictAsync(fixture.Name, methods, [.. rows]);
        foreach (var method in methods)
        {
            CompareWithScikitLearn(fixture.Outputs[method], answers[method]);
        }

        Assert.Equal(answers, await PredictOneByOneAsync(fixture.Name, methods, [.. rows]));
        Assert.Equal(answers, await InferAsync(fixture.Name, methods, [Tensor("json", [.. rows.Select(row => new JsonNode?[] { row })], 0)]));
        var predictions = (await server.PostAsync($"/v1/models/{ModelServer.ModelOf(fixture.Name)}:predict", $$"""{"instances":[{{string.Join(',', rows)}}]}""")).GetProperty("predictions");
        Assert.Equal(answers[methods.Contains("predict") ? "predict" : "transform"], Cells(predictions));
    }

    private static JsonArray List(JsonNode?[] row) => new JsonArray([.. row.Select(cell => cell?.DeepClone())]);

    private static JsonObject Object(IReadOnlyList<string> names, JsonNode?[] row) =>
        new JsonObject(names.Select((column, i) => KeyValuePair.Create(column, row[i]?.DeepClone())).Reverse());

    private async Task<Dictionary<string, string>> PredictOneByOneAsync(string name, string[] methods, string[] rows)
    {
        var together = methods.ToDictionary(method => method, _ => string.Empty);
        foreach (var row in rows)
        {
            foreach (var (method, cells) in await PredictAsync(name, methods, [row]))
            {
                together[method] += cells;
            }
        }

        return together;
    }

    private async Task<Dictionary<string, string>> PredictAsync(string name, string[] methods, string[] rows)
    {
        var outputs = new JsonArray([.. methods.Select(method => (JsonNode)method)]);
        var body = $$"""{"model":"{{ModelServer.ModelOf(name)}}","instances":[{{string.Join(',', rows)}}],"outputs":{{outputs.ToJsonString()}}}""";
        var answer = await server.PostAsync("/predict", body);
        return methods.ToDictionary(method => method, method => Cells(answer.GetProperty("outputs").GetProperty(method)));
    }

    private async Task<Dictionary<string, string>> InferAsync(string name, string[] methods, JsonNode[] tensors)
    {
        var body = new JsonObject
        {
            ["inputs"] = new JsonArray(tensors),
            ["outputs"] = new JsonArray([.. methods.Select(method => (JsonNode)new JsonObject { ["name"] = method })]),
        };
        var answer = await server.PostAsync($"/v2/models/{ModelServer.ModelOf(name)}/infer", body);
        return answer.GetProperty("outputs").EnumerateArray().ToDictionary(output => output.GetProperty("name").GetString()!, output => Cells(output.GetProperty("data")));
    }

    private static JsonNode?[][] Rows(FixtureInput input) => input.Matrix is { } matrix
        ? [.. matrix.Select(row => row.Select(Number).ToArray())]
        : [.. input.Frame!.Select(row => row.Select((cell, i) => input.JsonColumns.Contains(i) ? JsonNode.Parse((string)cell!) : Cell(cell)).ToArray())];

    private static JsonNode? Cell(object? cell) => cell switch
    {
        null => null,
        bool flag => flag,
        string text => text,
        _ => Number((double)cell),
    };

    // The writer of JSON would say -0, which is an integer and has no sign.
    private static JsonNode Number(double number) => double.IsFinite(number) ? (number == 0 && double.IsNegative(number) ? JsonNode.Parse("-0.0")! : number)
        : double.IsNaN(number) ? "NaN"
        : number > 0 ? "Infinity" : "-Infinity";

    // Lists and objects as the texts that they are.
    private static JsonObject Tensor(string column, JsonNode?[][] rows, int index)
    {
        var cells = rows.Select(row => row[index] is JsonArray or JsonObject ? row[index]!.ToJsonString() : row[index]).ToArray();
        return new JsonObject
        {
            ["name"] = column,
            ["shape"] = new JsonArray(rows.Length),
            ["datatype"] = cells.Any(cell => cell?.GetValueKind() == JsonValueKind.String && cell.GetValue<string>() is not ("NaN" or "Infinity" or "-Infinity")) ? "BYTES"
                : cells.All(cell => cell?.GetValueKind() is JsonValueKind.True or JsonValueKind.False) ? "BOOL"
                : "FP64",
            ["data"] = new JsonArray([.. cells.Select(cell => cell?.DeepClone())]),
        };
    }

    private static JsonObject Whole(JsonNode?[][] rows) => new()
    {
        ["name"] = "input",
        ["shape"] = new JsonArray(rows.Length, rows[0].Length),
        ["datatype"] = "FP64",
        ["data"] = new JsonArray([.. rows.SelectMany(row => row).Select(cell => cell?.DeepClone())]),
    };

    // As text: shortest round-trip digits are the same where the bits are.
    private static string Cells(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Concat(value.EnumerateArray().Select(Cells))
        : value.GetRawText() + " ";

    private static void CompareWithScikitLearn(FixtureArray expected, string cells)
    {
        if (!expected.Kind.StartsWith("float", StringComparison.Ordinal))
        {
            return;
        }

        var given = cells.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(cell => JsonSerializer.Deserialize<JsonElement>(cell)).ToArray();
        Assert.Equal(expected.Rows * expected.Columns, given.Length);
        for (var row = 0; row < expected.Rows; row++)
        {
            var wanted = expected.NonZeros(row);
            for (var column = 0; column < expected.Columns; column++)
            {
                var e = wanted.GetValueOrDefault(column);
                var a = FixtureInput.Number(given[(row * expected.Columns) + column]);
                Assert.True(Answers.IsClose(expected, e, a), $"row {row}, column {column}: {a:R} instead of {e:R}");
            }
        }
    }
}
