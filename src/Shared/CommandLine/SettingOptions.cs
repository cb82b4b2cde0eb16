using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Skiff.ServiceDefaults;

namespace Skiff.CommandLine;

/// <summary>Settings as options of a command.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<string, Option> _options = new(StringComparer.Ordinal);

    /// <summary>Adds an option for every setting that is not a secret.</summary>
    internal SettingOptions(Command command, IEnumerable<Setting> settings)
    {
        foreach (var setting in settings.Where(static s => !s.IsSecret))
        {
            Option option = setting.IsSwitch
                ? new Option<bool>(setting.Option) { Description = setting.Description }
                : new Option<string>(setting.Option) { Description = setting.Description, HelpName = setting.Value };
            _options.Add(setting.Name, option);
            command.Options.Add(option);
        }
    }

    /// <summary>The file that settings are read from beside the command line and the environment.</summary>
    internal static IConfiguration File() => new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).Build();

    /// <summary>The value that a command line gives a setting; null where it gives none.</summary>
    internal string? Given(ParseResult result, Setting setting)
    {
        if (!_options.TryGetValue(setting.Name, out var option) || result.GetResult(option) is not { Implicit: false })
        {
            return null;
        }

        return option is Option<bool> flag ? (result.GetValue(flag) ? "true" : "false") : result.GetValue((Option<string>)option);
    }
}
