using System.Globalization;
using Microsoft.Extensions.Configuration;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>Everything that can be set of a gateway, in one list: options, variables, <c>appsettings.json</c> and docs/gateway.md all follow it.</summary>
internal static class GatewaySettings
{
    /// <summary>The settings.</summary>
    internal static IReadOnlyList<Setting<GatewayOptions>> All { get; } =
    [
        new("model-api-base-url", "http:// or https:// addresses, separated by commas", "Where the model servers are.", static (o, v) => o.ModelServers = Servers(v))
        {
            OtherVariables = ["MODEL_API_BASE_URL"],
        },
        new("model-api-key-file", "a file", "A file with the key that the model servers ask for; read again when it changes.", static (o, v) => o.ModelApiKeyFile = SettingValue.NotEmpty(v)),
        .. ServiceSettings.Keys<GatewayOptions>("API_KEYS"),
        new("rate-limit", "a number", "How many requests a second each key may send; 0 for no limit.", static (o, v) => o.RateLimit = SettingValue.Integer(v, 0, 1_000_000)),
        new("cors-origins", "origins, separated by commas", "Which web pages may call from a browser: https://app.example.com, or * for all.", static (o, v) => o.CorsOrigins = Origins(v)),
        .. ServiceSettings.Listening<GatewayOptions>(),
        new("metrics-port", "a port", "The port of /metrics, for the inside only; 0 for none.", static (o, v) => o.MetricsPort = SettingValue.Integer(v, 0, 65535)),
        new("try-timeout", "seconds", "How long one model server may take to answer before another is asked.", static (o, v) => o.TryTimeout = Positive(v)),
        new("request-timeout", "seconds", "How long a caller waits at most; longer is answered with 504.", static (o, v) => o.RequestTimeout = Positive(v)),
        new("max-concurrency", "a number", "How many requests may be with the model servers at the same time.", static (o, v) => o.MaxConcurrency = SettingValue.Integer(v, 1, 65536)),
        new("max-queue", "a number", "How many more may wait; more are answered with 503.", static (o, v) => o.MaxQueue = SettingValue.Integer(v, 0, int.MaxValue)),
        new("max-body-bytes", "a number of bytes", "The largest body of a request; more is answered with 413.", static (o, v) => o.MaxBodyBytes = SettingValue.Integer(v, 1, Array.MaxLength)),
        new("max-answer-bytes", "a number of bytes", "The largest answer of a model server; more is answered with 502.", static (o, v) => o.MaxAnswerBytes = SettingValue.Integer(v, 1, Array.MaxLength)),
        new("max-buffered-bytes", "a number of bytes", "How many bytes of requests and answers are held at the same time; more are answered with 503; 0 for a quarter of the memory.", static (o, v) => o.MaxBufferedBytes = long.Parse(v, NumberStyles.None, CultureInfo.InvariantCulture)),
        new("probe-interval", "seconds", "How often the health of a model server is asked for.", static (o, v) => o.ProbeInterval = Positive(v)),
        new("dns-interval", "seconds", "How often names of model servers are looked up again.", static (o, v) => o.DnsInterval = Positive(v)),
        .. ServiceSettings.Life<GatewayOptions>(),
    ];

    /// <summary>Reads all settings.</summary>
    /// <param name="commandLine">The value that the command line gives a setting, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">What <c>appsettings.json</c> says.</param>
    /// <exception cref="FormatException">A value is not one, or no model server is named.</exception>
    internal static GatewayOptions Read(Func<Setting, string?> commandLine, Func<string, string?> environment, IConfiguration file)
    {
        var options = new GatewayOptions { AllInterfaces = SettingValue.IsTrue(environment("DOTNET_RUNNING_IN_CONTAINER")) };
        SettingsReader.Read(All, options, commandLine, environment, file);
        return options.ModelServers.Count > 0
            ? options
            : throw new FormatException("MODEL_API_BASE_URL is not set: it says where the model servers are, for instance http://model-api:8000");
    }

    private static Uri[] Servers(string value)
    {
        var servers = new List<Uri>();
        foreach (var text in SettingValue.List(value, ','))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps)
                || server.Query.Length > 0 || server.Fragment.Length > 0)
            {
                throw new SettingException($"'{text}' is not an address such as http://model-api:8000");
            }

            // The message does not repeat it: it would be in the log.
            if (server.UserInfo.Length > 0)
            {
                throw new SettingException("an address must not hold a user or a password; --model-api-key-file holds the servers' key");
            }

            if (!servers.Exists(s => ModelServers.IdOf(s) == ModelServers.IdOf(server)))
            {
                servers.Add(server);
            }
        }

        return [.. servers];
    }

    private static string[] Origins(string value)
    {
        var origins = SettingValue.List(value, ',');
        foreach (var text in origins.Where(static o => o != "*"))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var origin) || origin.GetLeftPart(UriPartial.Authority) != text.TrimEnd('/'))
            {
                throw new SettingException($"'{text}' is not an origin such as https://app.example.com");
            }
        }

        // Browsers send none with a slash at its end.
        return Array.ConvertAll(origins, static o => o.TrimEnd('/'));
    }

    private static TimeSpan Positive(string value) => SettingValue.Seconds(value) is var time && time > TimeSpan.Zero ? time : throw new FormatException();
}
