using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skiff.Server;
using Skiff.Sklearn;
using Skiff.TestKit;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests;

/// <summary>A server over all fixtures that take a table: one model each.</summary>
public sealed class ModelServer : IAsyncLifetime
{
    private readonly TemporaryFolder _registry = new();
    private WebApplication? _app;
    private HttpClient? _client;

    // Answers are compared cell by cell as JSON: not those of a million cells a row.
    private const int MostColumns = 10_000;

    /// <summary>The newest release's fixtures that take rows of numbers, a data frame, lists or objects, and answer.</summary>
    public static IReadOnlyList<Fixture> Fixtures { get; } =
    [
        .. Fixture.Names.Where(name => name.StartsWith("1.9.0/", StringComparison.Ordinal)).Select(Fixture.Read)
            .Where(fixture => fixture is { Refused: null, Errors.Count: 0, Outputs.Count: > 0, Artifacts.Count: 1, Labels: null, Threshold: null, FeaturesEntry: null, Input.Texts: null })
            .Where(fixture => fixture.Outputs.Values.All(output => output.Columns is > 0 and < MostColumns)),
    ];

    public static string ModelOf(string name) => name.Replace("1.9.0/", string.Empty, StringComparison.Ordinal);

    public async ValueTask InitializeAsync()
    {
        foreach (var fixture in Fixtures)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_registry.Path, ModelOf(fixture.Name), "latest"));
            var file = fixture.Artifacts[0].Split('#')[0];
            var name = $"model{Path.GetExtension(file)}";
            File.Copy(Path.Combine(fixture.Directory, file), Path.Combine(folder.FullName, name));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "metadata.json"), $$"""{"artifacts":["{{name}}"]}""", TestContext.Current.CancellationToken);
        }

        foreach (var (name, fixture, inputs) in MlflowTests.Models)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_registry.Path, name)).FullName;
            File.Copy(RepositoryFolder.At($"tests/fixtures/1.9.0/{fixture}.joblib"), Path.Combine(folder, "model.pkl"));
            await File.WriteAllTextAsync(
                Path.Combine(folder, "MLmodel"),
                $"flavors:\n  sklearn:\n    pickled_model: model.pkl\nsignature:\n  inputs: '{inputs}'\n",
                TestContext.Current.CancellationToken);
        }

        foreach (var source in Directory.EnumerateFiles(Fixture.Folder, "*.py"))
        {
            File.Copy(source, Path.Combine(_registry.Path, Path.GetFileName(source)));
        }

        var options = new SkiffHostOptions { Urls = ["http://127.0.0.1:0"], LogLevel = LogLevel.None };
        options.Server.Registry = _registry.Path;
        options.Server.SettleTime = TimeSpan.Zero;
        options.Drain.Delay = TimeSpan.Zero;
        _app = SkiffHost.Build(options, new SklearnModelLoader());
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _client = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        await UntilReadyAsync(_client);
    }

    public async Task<JsonElement> GetAsync(string path) => await _client!.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    public Task<JsonElement> PostAsync(string path, JsonNode body) => PostAsync(path, body.ToJsonString());

    public async Task<JsonElement> PostAsync(string path, string body)
    {
        var (status, answer) = await TryPostAsync(path, body);
        Assert.True(status == 200, answer.GetRawText());
        return answer;
    }

    public Task<(int Status, JsonElement Answer)> TryPostAsync(string path, JsonNode body) => TryPostAsync(path, body.ToJsonString());

    /// <summary>Sends a text as it is: what <see cref="JsonNode"/> cannot hold too, as <c>NaN</c> and doubled names.</summary>
    public async Task<(int Status, JsonElement Answer)> TryPostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client!.PostAsync(path, content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    /// <summary>The names of the columns that the model takes; null where it takes any number of them.</summary>
    public async Task<IReadOnlyList<string>?> NamesAsync(string name)
    {
        var answer = await GetAsync($"/models/latest?model={ModelOf(name)}");
        var columns = answer.GetProperty("signature").GetProperty("input").GetProperty("columns");
        return columns.GetArrayLength() == 0 ? null : [.. columns.EnumerateArray().Select(column => column.GetProperty("name").GetString()!)];
    }

    // A model that is refused keeps the server from being ready for ever: its answer then says which.
    private static async Task UntilReadyAsync(HttpClient client)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken); i++)
        {
            using var response = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            Assert.True(i < 2000, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _registry.Dispose();
    }
}
