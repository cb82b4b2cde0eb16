using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;

namespace Skiff.CommandLine;

/// <summary>The command <c>health</c>: asks a server whether it lives, for health checks in images without a shell.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Makes the command.</summary>
    /// <param name="program">The program's name, for messages.</param>
    /// <param name="port">The port unless something says otherwise.</param>
    internal static Command Create(string program, int port)
    {
        var url = new Option<string?>("--url") { Description = $"What is asked; http://127.0.0.1:{port}/health unless PORT, WEBSITES_PORT, SKIFF_PORT or SKIFF_PATH_PREFIX say otherwise." };
        var command = new Command("health", "Exits with 0 when the server answers its health check, with 1 when not.") { url };
        command.SetAction((result, cancellation) => RunAsync(
            program, result.GetValue(url) ?? DefaultUrl(port, Environment.GetEnvironmentVariable), cancellation));
        return command;
    }

    /// <summary>The address that a server with this environment listens on.</summary>
    internal static string DefaultUrl(int defaultPort, Func<string, string?> environment)
    {
        var port = FirstOf(environment("SKIFF_PORT"), environment("PORT"), environment("WEBSITES_PORT"), defaultPort.ToString(CultureInfo.InvariantCulture));
        var scheme = string.IsNullOrEmpty(environment("SKIFF_CERT")) ? "http" : "https";
        var prefix = (environment("SKIFF_PATH_PREFIX") ?? string.Empty).Trim('/');
        return $"{scheme}://127.0.0.1:{port}{(prefix.Length == 0 ? string.Empty : "/" + prefix)}/health";
    }

    private static string FirstOf(params string?[] values) => values.First(static value => !string.IsNullOrEmpty(value))!;

    private static async Task<int> RunAsync(string program, string url, CancellationToken cancellation)
    {
        // The certificate names the public address, not this one; nothing secret is sent.
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(new Uri(url), cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{(int)response.StatusCode} {url}".AsMemory(), cancellation).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or UriFormatException or SocketException)
        {
            await Console.Error.WriteLineAsync($"{program} health: {url}: {e.Message}".AsMemory(), cancellation).ConfigureAwait(false);
            return 1;
        }
    }
}
