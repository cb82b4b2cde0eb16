using System.Net;
using System.Text.Json.Nodes;
using Skiff.Sklearn;
using Skiff.TestKit.Fixtures;

namespace Skiff.EndToEnd.Tests;

/// <summary>
/// Several clients ask several models by two protocols, while versions are swapped and evicted: every answer is scikit-learn's own for the version that it
/// names. bench/load/verify.sh does the same for as long as one likes.
/// </summary>
public class VerifiedAnswersTests
{
    private const int Clients = 4;

    // Two versions that answer differently, of the same rows.
    private static readonly (string Model, string First, string Second, string More)[] Models =
    [
        ("forest", "1.9.0/trees-three-forest-default", "1.9.0/trees-three-forest-few-leaves", "predict_proba"),
        ("svm", "1.9.0/svm-three-rbf", "1.9.0/svm-three-linear", "decision_function"),
        ("people", "1.9.0/table-model-logistic", "1.9.0/table-model-union-of-columns", "predict_proba"),
        ("text", "1.9.0/svm-text-rbf", "1.9.0/svm-text-sigmoid", "decision_function"),
    ];

    [Fact]
    public async Task Serve_SwapsAndEvictionsUnderLoad_EveryAnswerIsScikitLearns()
    {
        using var registry = TempRegistry.Empty();
        foreach (var (model, first, second, _) in Models)
        {
            Write(registry, model, Path.Combine("versions", "1"), "1", first);
            Write(registry, model, Path.Combine("versions", "2"), "2", second);
            Write(registry, model, "latest", "1", first);
        }

        var budget = Models.SelectMany(static m => new[] { m.First, m.Second }).Max(static name => SklearnModel.Load(File(name)).Size) * 3 / 2;
        await using var server = await SkiffServer.StartAsync(
            registry.Root, "--load", "lazy", "--memory-budget", budget.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await UntilAllAnswerAsync(server, 1);
        using var done = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(seed => Task.Run(() => AskUntilAsync(server, seed, done.Token))).ToArray();
        foreach (var version in new[] { 2, 1 })
        {
            foreach (var (model, first, second, _) in Models)
            {
                Write(registry, model, "latest", $"{version}", version == 1 ? first : second);
            }

            await UntilAllAnswerAsync(server, version);
        }

        await done.CancelAsync();
        var answers = await Task.WhenAll(clients);
        Assert.True(answers.Sum() > 100, $"{answers.Sum()} answers");
        var metrics = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("skiff_model_evictions_total{", metrics, StringComparison.Ordinal);
    }

    // All answers that came were right, or this throws.
    private static async Task<int> AskUntilAsync(SkiffServer server, int seed, CancellationToken done)
    {
        var random = new Random(seed);
        var count = 0;
        for (; !done.IsCancellationRequested; count++)
        {
            var (model, first, second, more) = Models[random.Next(Models.Length)];
            var version = random.Next(3) is > 0 and var asked ? $"{asked}" : null;
            await AskAsync(server, model, version, [Fixture.Read(first), Fixture.Read(second)], more, random);
        }

        return count;
    }

    private static async Task AskAsync(SkiffServer server, string model, string? version, Fixture[] fixtures, string more, Random random)
    {
        var input = fixtures[0].Input!;
        var row = random.Next(input.Rows);
        var answer = random.Next(2) == 0 || input.Matrix is null
            ? await server.PostAsync("/predict", Simple(model, version, input, row, more))
            : await server.PostAsync($"/v2/models/{model}{(version is null ? string.Empty : $"/versions/{version}")}/infer", Tensors(input, row, more));
        answer.AssertStatus(HttpStatusCode.OK);
        var named = (string?)(answer.Json["version"] ?? answer.Json["model_version"]);
        Assert.True(version is null ? named is "1" or "2" : named == version, $"{named} instead of {version}: {answer.Body}");
        var expected = fixtures[named == "1" ? 0 : 1];
        Compare(expected.Outputs["predict"], row, Cells(answer.Json, "predict"), answer);
        Compare(expected.Outputs[more], row, Cells(answer.Json, more), answer);
    }

    private static void Compare(FixtureArray expected, int row, JsonArray given, Answer answer)
    {
        Assert.Equal(expected.Columns, given.Count);
        for (var column = 0; column < expected.Columns; column++)
        {
            var isRight = expected.Values[(row * expected.Columns) + column] switch
            {
                string label => label == (string?)given[column],
                var number => Convert.ToDouble(number, null) is var wanted && Math.Abs(wanted - (double)given[column]!) <= 1e-9 * Math.Max(1, Math.Abs(wanted)),
            };
            Assert.True(isRight, $"row {row}, column {column}: {answer.Body}");
        }
    }

    private static JsonArray Cells(JsonObject answer, string output)
    {
        if (answer["outputs"] is JsonArray tensors)
        {
            return tensors.Single(tensor => (string?)tensor!["name"] == output)!["data"]!.AsArray();
        }

        var rows = (output == "predict" ? answer["predictions"] : answer["outputs"]![output])!.AsArray();
        return rows.Single() as JsonArray ?? rows;
    }

    private static string Simple(string model, string? version, FixtureInput input, int row, string more)
    {
        var body = new JsonObject { ["model"] = model, ["instances"] = new JsonArray(Row(input, row)), ["outputs"] = new JsonArray(more) };
        if (version is not null)
        {
            body["version"] = version;
        }

        return body.ToJsonString();
    }

    private static JsonNode Row(FixtureInput input, int row)
    {
        if (input.Texts is { } texts)
        {
            return texts[row];
        }

        if (input.Matrix is { } matrix)
        {
            return Numbers(matrix[row]);
        }

        var record = new JsonObject();
        for (var i = 0; i < input.FrameNames!.Count; i++)
        {
            record[input.FrameNames[i]] = input.Frame![row][i] switch
            {
                null => null,
                double number => double.IsNaN(number) ? null : number,
                bool flag => flag,
                var text => (string)text,
            };
        }

        return record;
    }

    private static string Tensors(FixtureInput input, int row, string more) => new JsonObject
    {
        ["inputs"] = new JsonArray(new JsonObject
        {
            ["name"] = "x",
            ["shape"] = new JsonArray(1, input.Matrix![row].Length),
            ["datatype"] = "FP64",
            ["data"] = Numbers(input.Matrix[row]),
        }),
        ["outputs"] = new JsonArray(new JsonObject { ["name"] = "predict" }, new JsonObject { ["name"] = more }),
    }.ToJsonString();

    private static JsonArray Numbers(double[] values) => [.. values.Select(static value => JsonValue.Create(value))];

    // Files that were written a moment ago are not taken for whole at once.
    private static async Task UntilAllAnswerAsync(SkiffServer server, int version)
    {
        foreach (var (model, first, _, more) in Models)
        {
            var body = Simple(model, null, Fixture.Read(first).Input!, 0, more);
            await server.UntilAsync($"{model} answers as {version}", async () => (string?)(await server.PostAsync("/predict", body)).Json["version"] == $"{version}");
        }
    }

    private static string File(string fixture) => Path.Combine(Fixture.Read(fixture).Directory, Fixture.Read(fixture).Artifacts.Single());

    // In place, as Python writes.
    private static void Write(TempRegistry registry, string model, string folder, string version, string fixture)
    {
        var path = Path.Combine(registry.Root, model, folder);
        Directory.CreateDirectory(path);
        System.IO.File.Copy(File(fixture), Path.Combine(path, "model.joblib"), overwrite: true);
        System.IO.File.WriteAllText(Path.Combine(path, "metadata.json"), $$"""{"version": "{{version}}"}""");
    }
}
