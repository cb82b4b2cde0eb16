using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Skiff.EndToEnd.Tests;

/// <summary>A running <c>skiff serve</c> on a loopback port of its own, and a client that talks to it.</summary>
internal sealed class SkiffServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private SkiffServer(Process process, HttpClient client, int port)
    {
        _process = process;
        Client = client;
        Port = port;
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public int Port { get; }

    /// <summary>Everything the server has written so far.</summary>
    public string Log => string.Join(Environment.NewLine, _log);

    /// <summary>Starts a server on a registry and waits until it answers <c>/health</c>.</summary>
    public static Task<SkiffServer> StartAsync(string registry, params string[] arguments)
    {
        var port = FreePort();
        return StartAsync(port, LoopbackClient(port), ["serve", "--registry", registry, "--urls", $"http://127.0.0.1:{port}", .. arguments]);
    }

    public static async Task<SkiffServer> StartAsync(
        int port, HttpClient client, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string healthPath = "/health")
    {
        var server = new SkiffServer(Process.Start(SkiffBinary.StartInfo(arguments, environment))!, client, port);
        try
        {
            await server.UntilAsync($"{healthPath} answers", async () => (await client.GetAsync(healthPath)).StatusCode == HttpStatusCode.OK);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static HttpClient LoopbackClient(int port) => new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public Task<Answer> GetAsync(string path) => Answer.ReadAsync(Client.GetAsync(path));

    public Task<Answer> PostAsync(string path, string json) => Answer.ReadAsync(Client.PostAsync(path, new StringContent(json, null, "application/json")));

    /// <summary>What <c>/predict</c> says about one text.</summary>
    public Task<Answer> PredictAsync(string text, string? version = null) =>
        PostAsync("/predict", version is null ? $$"""{"text":"{{text}}"}""" : $$"""{"text":"{{text}}","version":"{{version}}"}""");

    /// <summary>Waits for the server to be ready: some model serves.</summary>
    public Task UntilReadyAsync() => UntilAsync("/health/ready answers 200", async () => (await GetAsync("/health/ready")).Status == HttpStatusCode.OK);

    /// <summary>Asks again and again, at once and then ever more slowly, until a condition holds. Fails with the server's log when patience ends.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        for (var pause = 1; waited.Elapsed < Patience; pause = Math.Min(pause * 2, 100))
        {
            Assert.False(_process.HasExited, $"The server has ended before {what}.{Environment.NewLine}{Log}");
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(pause);
        }

        Assert.Fail($"Not within {Patience.TotalSeconds} s: {what}.{Environment.NewLine}{Log}");
    }

    /// <summary>Sends SIGTERM, as every container engine does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The exit code, once the server has ended by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }
}
