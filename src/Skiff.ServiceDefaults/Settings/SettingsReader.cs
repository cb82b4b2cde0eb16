using Microsoft.Extensions.Configuration;

namespace Skiff.ServiceDefaults;

/// <summary>Reads settings from the command line, the environment and <c>appsettings.json</c>.</summary>
public static class SettingsReader
{
    /// <summary>Reads all settings.</summary>
    /// <param name="settings">What can be set.</param>
    /// <param name="options">What is set.</param>
    /// <param name="commandLine">The value that the command line gives a setting, or null.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="file">What <c>appsettings.json</c> says.</param>
    /// <exception cref="FormatException">A value is not one; the message names the setting.</exception>
    public static void Read<TOptions>(
        IReadOnlyList<Setting<TOptions>> settings,
        TOptions options,
        Func<Setting, string?> commandLine,
        Func<string, string?> environment,
        IConfiguration file)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(commandLine);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(file);
        foreach (var setting in settings)
        {
            if (!setting.IsSecret && commandLine(setting) is { } given)
            {
                setting.Apply(options, given, setting.Option);
            }
            else if (FirstVariable(setting, environment) is { } variable)
            {
                setting.Apply(options, variable.Value, variable.Name);
            }
            else if (!setting.IsSecret && file[setting.Key] is { } configured)
            {
                setting.Apply(options, configured, $"appsettings.json, {setting.Key}");
            }
        }
    }

    private static (string Name, string Value)? FirstVariable(Setting setting, Func<string, string?> environment)
    {
        foreach (var name in setting.OtherVariables.Prepend(setting.Variable))
        {
            if (environment(name) is { Length: > 0 } value)
            {
                return (name, value);
            }
        }

        return null;
    }
}
