using System.Diagnostics;
using System.Globalization;

namespace Skiff.EndToEnd.Tests;

/// <summary>A running gateway of <c>examples/fastify</c>, as a user starts it: by its variables only. Its client sends <see cref="Key"/>.</summary>
internal sealed class FastifyGateway : RunningProgram
{
    public const string Key = "the-key-of-fastify-4f1d";

    private FastifyGateway(ProcessStartInfo start, HttpClient client, int port)
        : base(start, client, port)
    {
    }

    /// <summary>The tests that the example has of its own.</summary>
    public static async Task<CommandResult> OwnTestsAsync() =>
        await ProgramStart.RunAsync(ProgramStart.Info("node", ["--test"], folder: await FastifyInstallation.FolderAsync()), TimeSpan.FromSeconds(120));

    public static async Task<FastifyGateway> StartAsync(Uri modelServer, string logLevel = "info")
    {
        var port = FreePort();
        var client = LoopbackClient(port);
        client.DefaultRequestHeaders.Add("X-API-Key", Key);
        var environment = new Dictionary<string, string>
        {
            ["API_KEYS"] = Key,
            ["HOST"] = "127.0.0.1",
            ["LOG_LEVEL"] = logLevel,
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["PYTHON_API_BASE_URL"] = modelServer.ToString(),
        };
        var start = ProgramStart.Info("node", ["src/server.js"], environment, await FastifyInstallation.FolderAsync());
        return await AnsweringAsync(new FastifyGateway(start, client, port), "/health");
    }
}
