using Microsoft.Extensions.Configuration;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>Everything that can be set of a server, in one list: options, variables, <c>appsettings.json</c> and docs/configuration.md all follow it.</summary>
public static class ServerSettings
{
    // More than any machine has; sums of it do not overflow.
    private const long MostBytes = 1L << 50;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<SkiffHostOptions>> All { get; } =
    [
        .. ServiceSettings.Listening<SkiffHostOptions>(),
        .. ServiceSettings.Keys<SkiffHostOptions>(),
        .. ServiceSettings.Life<SkiffHostOptions>(),
        new("registry", "a folder", "The folder that holds one model or many. It need not exist yet.", static (o, v) => o.Server.Registry = SettingValue.NotEmpty(v)),
        new("model-name", "a name", "The name of the model where the registry is one.", static (o, v) => o.Server.ModelName = SettingValue.NotEmpty(v)),
        new("path-prefix", "a path", "What all paths begin with, for instance /models-api.", static (o, v) => o.Server.PathPrefix = v),
        new("follow-links", "", "Follow links that lead out of the registry.", static (o, v) => o.Server.FollowLinks = bool.Parse(v)),
        new("python-path", "folders, separated by colons", "Where else the source of Python functions is looked for.", static (o, v) => o.Server.PythonPath = SettingValue.List(v, ':')),
        new("function", "name=path.py:function, separated by commas", "Where single functions are found: __main__.clean=text_utils.py:clean.", static (o, v) => o.Server.Functions = Functions(v)),
        new("settle-time", "milliseconds", "How long files must have been still before they are read.", static (o, v) => o.Server.SettleTime = SettingValue.Milliseconds(v)),
        new("poll-interval", "milliseconds", "How often the registry is looked through, beside being told of changes.", static (o, v) => o.Server.PollInterval = SettingValue.Milliseconds(v)),
        new("max-body-bytes", "a number of bytes", "The largest body of a request; more is answered with 413.", static (o, v) => o.Server.MaxBodyBytes = SettingValue.Integer(v, 1, int.MaxValue)),
        new("max-buffered-bytes", "a number of bytes", "How many bytes of bodies are held at the same time; more are answered with 503; 0 for a quarter of the memory.", static (o, v) => o.Server.MaxBufferedBytes = SettingValue.Integer(v, 0, MostBytes)),
        new("request-timeout", "seconds", "How long a request may take; longer is answered with 504.", static (o, v) => o.Server.RequestTimeout = SettingValue.Seconds(v)),
        new("max-concurrency", "a number", "How many predictions run at the same time; 0 for twice the number of processors.", static (o, v) => o.Server.MaxConcurrency = SettingValue.Integer(v, 0, 65536)),
        new("max-queue", "a number", "How many predictions may wait for their turn; more are answered with 503.", static (o, v) => o.Server.MaxQueue = SettingValue.Integer(v, 0, int.MaxValue)),
        new("max-wait", "milliseconds", "How long a prediction should wait for its turn at most; one that would wait longer is answered with 503 at once.", static (o, v) => o.Server.MaxWait = SettingValue.Milliseconds(v)),
        new("load", "eager or lazy", "When models are read: all at the start, or each when it is first asked for.", static (o, v) => o.Server.Load = Load(v)),
        new("memory-budget", "a number of bytes", "How many bytes the versions in memory may take, about; 0 for any number.", static (o, v) => o.Server.MemoryBudget = SettingValue.Integer(v, 0, MostBytes)),
        new("loaded-versions", "a number", "How many versions stay in memory beside those that serve.", static (o, v) => o.Server.LoadedVersions = SettingValue.Integer(v, 1, 65536)),
    ];

    /// <summary>Reads all settings.</summary>
    /// <param name="commandLine">The value that the command line gives a setting, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">What <c>appsettings.json</c> says.</param>
    /// <exception cref="FormatException">A value is not one; the message names the setting.</exception>
    public static SkiffHostOptions Read(Func<Setting, string?> commandLine, Func<string, string?> environment, IConfiguration file)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var options = new SkiffHostOptions { AllInterfaces = SettingValue.IsTrue(environment("DOTNET_RUNNING_IN_CONTAINER")) };
        SettingsReader.Read(All, options, commandLine, environment, file);
        return options;
    }

    private static LoadMode Load(string value) => value switch
    {
        "eager" => LoadMode.Eager,
        "lazy" => LoadMode.Lazy,
        _ => throw new FormatException(),
    };

    private static Dictionary<string, string> Functions(string value)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in SettingValue.List(value, ','))
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
