using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Skiff.EndToEnd.Tests;

/// <summary>A program that runs until it is told to end, what it writes, and a client that talks to it.</summary>
internal class RunningProgram : IAsyncDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    protected RunningProgram(ProcessStartInfo start, HttpClient client, int port)
    {
        Client = client;
        Port = port;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Everything the program has written so far.</summary>
    public string Log => string.Join(Environment.NewLine, _log);

    public IReadOnlyCollection<string> LogLines => _log;

    /// <summary>How many files and connections the program has open.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/fd")).Length;

    /// <summary>How much memory the program has.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
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

    /// <summary>Waits for the program to be ready.</summary>
    public Task UntilReadyAsync() => UntilAsync("/health/ready answers 200", async () => (await GetAsync("/health/ready")).Status == HttpStatusCode.OK);

    /// <summary>Asks again and again, at once and then ever more slowly, until a condition holds. Fails with the program's log when patience ends.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        for (var pause = 1; waited.Elapsed < Patience; pause = Math.Min(pause * 2, 100))
        {
            Assert.False(_process.HasExited, $"The program has ended before {what}.{Environment.NewLine}{Log}");
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
    public void Terminate() => Signal("TERM");

    /// <summary>Sends SIGSTOP: the program hangs, its connections stay open.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Sends SIGCONT.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>The exit code, once the program has ended by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Kills the program if it still runs.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Client.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits for the first answer to a path; a program that never gives it is ended.</summary>
    protected static async Task<T> AnsweringAsync<T>(T program, string path)
        where T : RunningProgram
    {
        try
        {
            await program.UntilAsync($"{path} answers", async () => (await program.Client.GetAsync(path)).StatusCode == HttpStatusCode.OK);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
