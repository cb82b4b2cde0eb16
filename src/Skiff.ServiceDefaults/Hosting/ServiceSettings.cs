using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>The settings that every process of ours has.</summary>
public static class ServiceSettings
{
    /// <summary>Where it listens.</summary>
    public static IReadOnlyList<Setting<TOptions>> Listening<TOptions>()
        where TOptions : ServiceOptions =>
    [
        new("urls", "URLs, separated by semicolons", "Where to listen: http://127.0.0.1:8000, http://*:8000, http://unix:/run/skiff.sock.", static (o, v) => o.Urls = SettingValue.List(v, ';')),
        new("port", "a port", "The port where no URLs are given. PORT and WEBSITES_PORT set it too.", static (o, v) => o.Port = SettingValue.Integer(v, 0, 65535)) { OtherVariables = ["PORT", "WEBSITES_PORT"] },
        new("all-interfaces", "", "Listen on all interfaces where no URLs are given. On in containers.", static (o, v) => o.AllInterfaces = bool.Parse(v)),
        new("max-connections", "a number", "How many connections there may be at the same time; more are closed at once. 0 for as many as the limit of open files allows.", static (o, v) => o.MaxConnections = SettingValue.Integer(v, 0, int.MaxValue)),
        new("cert", "a PEM file", "The certificate for TLS (HTTP/1.1 and HTTP/2); read again when it changes.", static (o, v) => o.CertificatePath = SettingValue.NotEmpty(v)),
        new("key", "a PEM file", "The certificate's key, where its own file does not hold it.", static (o, v) => o.KeyPath = SettingValue.NotEmpty(v)),
    ];

    /// <summary>Who may call.</summary>
    /// <param name="otherVariables">Variables that hold keys beside <c>SKIFF_API_KEYS</c>, and the same with <c>_FILE</c>.</param>
    public static IReadOnlyList<Setting<TOptions>> Keys<TOptions>(params string[] otherVariables)
        where TOptions : ServiceOptions =>
    [
        new("api-keys", "keys, separated by commas, each with a name and a colon before it or without", "Keys that callers must send one of, each as key or name:key.", static (o, v) => o.ApiKeys.Keys = v)
        {
            IsSecret = true,
            OtherVariables = otherVariables,
        },
        new("api-keys-file", "a file", "A file with such keys, one a line; read again when it changes.", static (o, v) => o.ApiKeys.File = SettingValue.NotEmpty(v))
        {
            OtherVariables = [.. otherVariables.Select(static name => name + "_FILE")],
        },
    ];

    /// <summary>How it ends and logs.</summary>
    public static IReadOnlyList<Setting<TOptions>> Life<TOptions>()
        where TOptions : ServiceOptions =>
    [
        new("drain-delay", "seconds", "How long to go on serving, not ready any more, after SIGTERM.", static (o, v) => o.Drain.Delay = SettingValue.Seconds(v)),
        new("drain-timeout", "seconds", "How long requests that run may take to finish after that.", static (o, v) => o.Drain.FinishWithin = SettingValue.Seconds(v)),
        new("log-level", "trace, debug, information, warning, error or none", "The lowest level that is logged.", static (o, v) => o.LogLevel = Enum.Parse<LogLevel>(v, ignoreCase: true)),
        new("access-log", "", "Log each request.", static (o, v) => o.AccessLog = bool.Parse(v)),
    ];
}
