using Skiff.TestKit;

namespace Skiff.EndToEnd.Tests;

/// <summary>The programs, the registry that the servers share, and what can befall them.</summary>
internal sealed class ChaosScene : IAsyncDisposable
{
    // The models differ in every answer, so that one that answers under the other's version is seen.
    private const string OfBundled = "positive";
    private const string OfOther = "good";

    private readonly TempRegistry _registry;
    private readonly string _bundled;
    private readonly string _other;
    private readonly SkiffServer[] _servers = new SkiffServer[2];

    private ChaosScene(TempRegistry registry, TemporaryFolder files)
    {
        _registry = registry;
        _bundled = Path.Combine(files.Path, "bundled", "model.joblib");
        _other = Path.Combine(files.Path, "other", "model.joblib");
    }

    public SkiffGateway Gateway { get; private set; } = null!;

    /// <summary>The versions that were ever there, and what each predicts.</summary>
    public Dictionary<string, string> Published { get; } = new(StringComparer.Ordinal) { ["1.0.0"] = OfBundled };

    /// <summary>The versions that ever served.</summary>
    public HashSet<string> Promoted { get; } = ["1.0.0"];

    public static async Task<ChaosScene> StartAsync(TempRegistry registry, TemporaryFolder files)
    {
        var scene = new ChaosScene(registry, files);
        await WriteAsync(scene._bundled, TempRegistry.BundledModel);
        await WriteAsync(scene._other, TempRegistry.OtherModel);
        for (var i = 0; i < scene._servers.Length; i++)
        {
            scene._servers[i] = await SkiffServer.StartAsync(registry.Root);
            await scene._servers[i].UntilReadyAsync();
        }

        scene.Gateway = await SkiffGateway.StartAsync(scene._servers);
        return scene;
    }

    public async Task PublishAsync(string version, bool isOther)
    {
        Published[version] = isOther ? OfOther : OfBundled;
        await RegistryAsync("publish", isOther ? _other : _bundled, "--version", version);
    }

    public async Task PromoteAsync(string version)
    {
        Promoted.Add(version);
        await RegistryAsync("promote", version);
        await UntilServedAsync(version);
    }

    public async Task RollBackAsync()
    {
        var before = await LatestAsync(_servers[0]);
        await RegistryAsync("rollback");
        foreach (var server in _servers)
        {
            await server.UntilAsync($"{before} is rolled back", async () => await LatestAsync(server) != before);
        }
    }

    /// <summary>SIGKILL, as the kernel does it when memory ends; a new one at the same address.</summary>
    public async Task KillAndRestartAsync(int number)
    {
        var port = _servers[number].Port;
        await _servers[number].DisposeAsync();
        _servers[number] = await SkiffServer.StartAsync(port, _registry.Root);
        await _servers[number].UntilReadyAsync();
        await Gateway.UntilWellAsync(_servers[number]);
    }

    /// <summary>SIGSTOP: connections are taken and never answered. SIGCONT after a while.</summary>
    public async Task HangAsync(int number, TimeSpan duration)
    {
        _servers[number].Freeze();
        try
        {
            await Task.Delay(duration, TestContext.Current.CancellationToken);
        }
        finally
        {
            _servers[number].Thaw();
        }

        await Gateway.UntilWellAsync(_servers[number]);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static Task WriteAsync(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
    }

    private static async Task<string> LatestAsync(SkiffServer server) => (await server.GetAsync("/models/latest")).Text("version");

    private async Task RegistryAsync(params string[] arguments) =>
        (await SkiffBinary.RunAsync(["registry", .. arguments, "--registry", _registry.Root])).AssertSucceeded();

    private async Task UntilServedAsync(string version)
    {
        foreach (var server in _servers)
        {
            await server.UntilAsync($"{version} serves", async () => await LatestAsync(server) == version);
        }
    }
}
