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

    public static Task<SkiffServer> StartAsync(
        int port, HttpClient client, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string healthPath = "/health") =>
        AnsweringAsync(new SkiffServer(SkiffBinary.StartInfo(arguments, environment), client, port), healthPath);
}
