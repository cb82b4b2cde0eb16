using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Skiff.Server;

/// <summary>Everything that can be set of a server, in one list: options, variables, <c>appsettings.json</c> and docs/configuration.md all follow it.</summary>
public static class ServerSettings
{
    /// <summary>The settings.</summary>
    public static IReadOnlyList<ServerSetting> All { get; } =
    [
        new("registry", "a folder", "The folder that holds one model or many. It need not exist yet.", static (o, v) => o.Server.Registry = NotEmpty(v)),
        new("model-name", "a name", "The name of the model where the registry is one.", static (o, v) => o.Server.ModelName = NotEmpty(v)),
        new("urls", "URLs, separated by semicolons", "Where to listen: http://127.0.0.1:8000, http://*:8000, http://unix:/run/skiff.sock.", static (o, v) => o.Urls = List(v, ';')),
        new("port", "a port", "The port where no URLs are given. PORT and WEBSITES_PORT set it too.", static (o, v) => o.Port = Integer(v, 0, 65535)),
        new("all-interfaces", "", "Listen on all interfaces where no URLs are given. On in containers.", static (o, v) => o.AllInterfaces = bool.Parse(v)),
        new("path-prefix", "a path", "What all paths begin with, for instance /models-api.", static (o, v) => o.Server.PathPrefix = v),
        new("cert", "a PEM file", "The certificate for TLS (HTTP/1.1 and HTTP/2); read again when it changes.", static (o, v) => o.CertificatePath = NotEmpty(v)),
        new("key", "a PEM file", "The certificate's key, where its own file does not hold it.", static (o, v) => o.KeyPath = NotEmpty(v)),
        new("follow-links", "", "Follow links that lead out of the registry.", static (o, v) => o.Server.FollowLinks = bool.Parse(v)),
        new("python-path", "folders, separated by colons", "Where else the source of Python functions is looked for.", static (o, v) => o.Server.PythonPath = List(v, ':')),
        new("function", "name=path.py:function, separated by commas", "Where single functions are found: __main__.clean=text_utils.py:clean.", static (o, v) => o.Server.Functions = Functions(v)),
        new("settle-time", "milliseconds", "How long files must have been still before they are read.", static (o, v) => o.Server.SettleTime = Milliseconds(v)),
        new("poll-interval", "milliseconds", "How often the registry is looked through, beside being told of changes.", static (o, v) => o.Server.PollInterval = Milliseconds(v)),
        new("max-body-bytes", "a number of bytes", "The largest body of a request; more is answered with 413.", static (o, v) => o.Server.MaxBodyBytes = Integer(v, 1, int.MaxValue)),
        new("request-timeout", "seconds", "How long a request may wait; longer is answered with 504.", static (o, v) => o.Server.RequestTimeout = Seconds(v)),
        new("max-concurrency", "a number", "How many predictions run at the same time; 0 for twice the number of processors.", static (o, v) => o.Server.MaxConcurrency = Integer(v, 0, 65536)),
        new("max-queue", "a number", "How many predictions may wait for their turn; more are answered with 503.", static (o, v) => o.Server.MaxQueue = Integer(v, 0, int.MaxValue)),
        new("loaded-versions", "a number", "How many versions stay in memory beside those that serve.", static (o, v) => o.Server.LoadedVersions = Integer(v, 1, 65536)),
        new("drain-delay", "seconds", "How long to go on serving, not ready any more, after SIGTERM.", static (o, v) => o.Drain.Delay = Seconds(v)),
        new("drain-timeout", "seconds", "How long requests that run may take to finish after that.", static (o, v) => o.Drain.FinishWithin = Seconds(v)),
        new("log-level", "trace, debug, information, warning, error or none", "The lowest level that is logged.", static (o, v) => o.LogLevel = Enum.Parse<LogLevel>(v, ignoreCase: true)),
        new("access-log", "", "Log each request.", static (o, v) => o.AccessLog = bool.Parse(v)),
    ];

    /// <summary>Reads all settings.</summary>
    /// <param name="commandLine">The value that the command line gives a setting, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">What <c>appsettings.json</c> says.</param>
    /// <exception cref="FormatException">A value is not one; the message names the setting.</exception>
    public static SkiffHostOptions Read(Func<ServerSetting, string?> commandLine, Func<string, string?> environment, IConfiguration file)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(file);
        var options = new SkiffHostOptions { AllInterfaces = IsTrue(environment("DOTNET_RUNNING_IN_CONTAINER")) };
        var port = NullIfEmpty(environment("PORT")) ?? NullIfEmpty(environment("WEBSITES_PORT"));
        if (port is not null)
        {
            Find("port").Apply(options, port, "PORT");
        }

        foreach (var setting in All)
        {
            if (commandLine(setting) is { } given)
            {
                setting.Apply(options, given, setting.Option);
            }
            else if (NullIfEmpty(environment(setting.Variable)) is { } variable)
            {
                setting.Apply(options, variable, setting.Variable);
            }
            else if (NullIfEmpty(file[setting.Key]) is { } configured)
            {
                setting.Apply(options, configured, $"appsettings.json, {setting.Key}");
            }
        }

        return options;
    }

    private static ServerSetting Find(string name) => All.First(s => s.Name == name);

    private static bool IsTrue(string? value) => value is "1" || (bool.TryParse(value, out var flag) && flag);

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string NotEmpty(string value) => value.Length > 0 ? value : throw new FormatException();

    private static string[] List(string value, char separator) => value.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Integer(string value, int minimum, int maximum)
    {
        var number = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
        return number >= minimum && number <= maximum ? number : throw new FormatException();
    }

    private static TimeSpan Milliseconds(string value) => TimeSpan.FromMilliseconds(Integer(value, 0, int.MaxValue));

    private static TimeSpan Seconds(string value)
    {
        var number = double.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return number < 1e6 ? TimeSpan.FromSeconds(number) : throw new FormatException();
    }

    private static Dictionary<string, string> Functions(string value)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in List(value, ','))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || entry.IndexOf(':', equals) < 0)
            {
                throw new FormatException();
            }

            functions[entry[..equals]] = entry[(equals + 1)..];
        }

        return functions;
    }
}
