using System.Diagnostics;

namespace Skiff.EndToEnd.Tests;

/// <summary>A running <c>skiff serve</c> on a loopback port of its own.</summary>
internal sealed class SkiffServer : RunningProgram
{
    private SkiffServer(ProcessStartInfo start, HttpClient client, int port)
        : base(start, client, port)
    {
    }

    /// <summary>Starts a server on a registry and waits until it answers <c>/health</c>.</summary>
    public static Task<SkiffServer> StartAsync(string registry, params string[] arguments) => StartAsync(FreePort(), registry, arguments);

    /// <summary>The same on a port of the caller's choice.</summary>
    public static Task<SkiffServer> StartAsync(int port, string registry, params string[] arguments) =>
        StartAsync(port, LoopbackClient(port), ["serve", "--registry", registry, "--urls", $"http://127.0.0.1:{port}", .. arguments]);

    /// <summary>The value of a gauge without labels.</summary>
    public async Task<double> GaugeAsync(string name) => double.Parse(
        (await GetAsync("/metrics")).Body.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Starts a server that may have only so many files open.</summary>
    public static Task<SkiffServer> StartWithFilesAsync(int files, string registry) => StartByShellAsync($"ulimit -n {files} && exec \"$@\"", FreePort(), registry);

    /// <summary>Starts a server whose log goes into a file.</summary>
    public static Task<SkiffServer> StartIntoAsync(string file, int port, string registry) => StartByShellAsync($"exec \"$@\" >{file} 2>&1", port, registry);

    public static Task<SkiffServer> StartAsync(
        int port, HttpClient client, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string healthPath = "/health") =>
        AnsweringAsync(new SkiffServer(SkiffBinary.StartInfo(arguments, environment), client, port), healthPath);

    private static Task<SkiffServer> StartByShellAsync(string command, int port, string registry)
    {
        string[] arguments = ["-c", command, "sh", SkiffBinary.Path, "serve", "--registry", registry, "--urls", $"http://127.0.0.1:{port}"];
        return AnsweringAsync(new SkiffServer(ProgramStart.Info("/bin/sh", arguments), LoopbackClient(port), port), "/health");
    }
}
