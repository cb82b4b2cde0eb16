using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>What Prometheus reads from the published programs: taken by its own tool, and listed in docs/observability.md with type and labels.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Pages_AfterRequests_AreWhatTheDocumentationLists_AndWhatPrometheusTakes()
    {
        using var registry = TempRegistry.Sentiment();
        await using var server = await SkiffServer.StartAsync(registry.Root);
        await server.UntilReadyAsync();
        await using var gateway = await SkiffGateway.StartAsync([server]);
        (await gateway.PredictAsync("fine")).AssertStatus(HttpStatusCode.OK);
        (await gateway.PredictAsync("fine", "9.9.9")).AssertStatus(HttpStatusCode.BadGateway);
        (await gateway.GetAsync("/nowhere")).AssertStatus(HttpStatusCode.NotFound);

        var ofServer = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var ofGateway = await gateway.MetricsAsync();

        AssertListed("Of the model server", ofServer);
        AssertListed("Of the gateway", ofGateway);
        Assert.Equal("", await PromtoolAsync(ofServer));
        Assert.Equal("", await PromtoolAsync(ofGateway));
    }

    [Fact]
    public async Task Promtool_PageWithFaults_SaysSo() => Assert.NotEqual("", await PromtoolAsync("# TYPE requests counter\nrequests 1\n"));

    private static void AssertListed(string heading, string page)
    {
        var listed = Listed(heading).Concat(Listed("Of both")).ToDictionary(static row => row.Name, StringComparer.Ordinal);

        Assert.Equal(
            listed.Values.Select(static row => $"{row.Name} {row.Type}").Order(StringComparer.Ordinal),
            TypeLine().Matches(page).Select(static match => match.Groups["family"].Value).Order(StringComparer.Ordinal));
        foreach (var sample in Sample().Matches(page).AsEnumerable())
        {
            var name = sample.Groups["name"].Value;
            var row = listed.GetValueOrDefault(name) ?? listed[HistogramEnding().Replace(name, "")];
            Assert.Equal(row.Labels, sample.Groups["label"].Captures.Select(static label => label.Value).Where(static label => label != "le"));
        }
    }

    private static IEnumerable<Row> Listed(string heading) =>
        from line in File.ReadLines(RepositoryFolder.At("docs/observability.md"))
            .SkipWhile(line => line.TrimStart('#') != " " + heading).Skip(1)
            .TakeWhile(static line => !line.StartsWith('#'))
        let cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 4 && cells[0].StartsWith('`')
        select new Row(cells[0].Trim('`'), cells[1], [.. from label in cells[2].Split(',', StringSplitOptions.TrimEntries) where label.Length > 0 select label.Trim('`')]);

    /// <summary>What <c>promtool check metrics</c> has to say of a page: nothing, where all is well.</summary>
    private static async Task<string> PromtoolAsync(string page)
    {
        Process process;
        try
        {
            process = Process.Start(ProgramStart.Info("promtool", ["check", "metrics"]))!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs promtool");
            throw;
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardInput.WriteAsync(page);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return await output + await error;
        }
    }

    private sealed record Row(string Name, string Type, string[] Labels);

    [GeneratedRegex("^# TYPE (?<family>.+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex("^(?<name>[a-z_]+)(?:\\{(?:(?<label>[a-z]+)=\"[^\"]*\",?)+\\})? ", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex HistogramEnding();
}
