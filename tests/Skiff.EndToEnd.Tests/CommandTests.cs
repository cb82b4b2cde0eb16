using System.Globalization;
using System.Text.Json.Nodes;

namespace Skiff.EndToEnd.Tests;

/// <summary>The verbs beside <c>serve</c>: what they say and how they exit, since scripts live on that.</summary>
public class CommandTests
{
    [Fact]
    public async Task Inspect_BundledModel_ShowsThePipelineAndTheFunctionItNeeds()
    {
        using var registry = TempRegistry.Sentiment();

        var result = await SkiffBinary.RunAsync("inspect", registry.Latest);

        result.AssertSucceeded();
        Assert.Contains("TfidfVectorizer", result.Output, StringComparison.Ordinal);
        Assert.Contains("LogisticRegression", result.Output, StringComparison.Ordinal);
        Assert.Contains("text_utils.clean_text", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Json_IsOneJsonObject()
    {
        using var registry = TempRegistry.Sentiment();

        var result = await SkiffBinary.RunAsync("inspect", registry.Latest, "--json");

        result.AssertSucceeded();
        Assert.NotEmpty(JsonNode.Parse(result.Output)!.AsObject());
    }

    [Fact]
    public async Task Inspect_NoSuchFile_FailsNamingIt() => (await SkiffBinary.RunAsync("inspect", "/nowhere/model.joblib")).AssertFailedSaying("/nowhere/model.joblib");

    [Fact]
    public async Task Inspect_FileThatIsNoPickle_FailsNamingIt()
    {
        using var registry = TempRegistry.Empty();
        var path = Path.Combine(registry.Root, "page.joblib");
        File.WriteAllText(path, "<!DOCTYPE html><html></html>");

        (await SkiffBinary.RunAsync("inspect", path)).AssertFailedSaying("page.joblib");
    }

    [Fact]
    public async Task Health_ServerIsUp_ExitsWithZero()
    {
        using var registry = TempRegistry.Empty();
        await using var server = await SkiffServer.StartAsync(registry.Root);

        (await SkiffBinary.RunAsync(PortOf(server.Port), "health")).AssertSucceeded();
    }

    [Fact]
    public async Task Health_NobodyListens_FailsSayingWhere()
    {
        var port = SkiffServer.FreePort();

        (await SkiffBinary.RunAsync(PortOf(port), "health")).AssertFailedSaying(port.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Registry_List_NamesEveryVersionAndTheOneThatServes()
    {
        using var registry = TempRegistry.Sentiment();
        registry.SaveVersion("1.1.0", TempRegistry.OtherModel);

        var result = await SkiffBinary.RunAsync("registry", "list", "--registry", registry.Root);

        result.AssertSucceeded();
        Assert.Contains("1.0.0", result.Output, StringComparison.Ordinal);
        Assert.Contains("1.1.0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_PromoteAndRollBack_ChangeWhatARunningServerAnswers()
    {
        using var registry = TempRegistry.Sentiment();
        registry.SaveVersion("1.1.0", TempRegistry.OtherModel);
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        Assert.Equal(("1.0.0", "positive"), (await server.PredictAsync("this is a great product")).Prediction());

        (await SkiffBinary.RunAsync("registry", "promote", "1.1.0", "--registry", registry.Root)).AssertSucceeded();
        await server.UntilAsync("1.1.0 answers", async () => (await server.PredictAsync("this is a great product")).Prediction() == ("1.1.0", "good"));

        (await SkiffBinary.RunAsync("registry", "rollback", "--registry", registry.Root)).AssertSucceeded();
        await server.UntilAsync("1.0.0 answers", async () => (await server.PredictAsync("this is a great product")).Prediction() == ("1.0.0", "positive"));
    }

    [Fact]
    public async Task Registry_PromoteUnknownVersion_FailsNamingIt()
    {
        using var registry = TempRegistry.Sentiment();

        (await SkiffBinary.RunAsync("registry", "promote", "9.9.9", "--registry", registry.Root)).AssertFailedSaying("9.9.9");
    }

    [Fact]
    public async Task Verb_Unknown_FailsAndShowsTheVerbs()
    {
        var result = await SkiffBinary.RunAsync("sreve");

        result.AssertFailedSaying("sreve");
    }

    private static Dictionary<string, string> PortOf(int port) => new() { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) };
}
