namespace Skiff.ServiceDefaults;

/// <summary>A setting, and where its value goes.</summary>
/// <typeparam name="TOptions">What is set.</typeparam>
public sealed class Setting<TOptions> : Setting
{
    private readonly Action<TOptions, string> _apply;

    /// <summary>Makes a setting.</summary>
    /// <param name="name">The option's name without the dashes.</param>
    /// <param name="value">What its value is, for help texts and refusals; empty for a switch.</param>
    /// <param name="description">What it does, for help texts.</param>
    /// <param name="apply">Sets it; throws <see cref="FormatException"/> for a text that is no value.</param>
    public Setting(string name, string value, string description, Action<TOptions, string> apply)
        : base(name, value, description)
    {
        _apply = apply;
    }

    /// <summary>Sets it.</summary>
    /// <exception cref="FormatException">The value is not one; the message names the setting and says what it takes.</exception>
    internal void Apply(TOptions options, string value, string source)
    {
        try
        {
            _apply(options, value);
        }
        catch (SettingException e)
        {
            throw new FormatException($"{source}: {e.Message}", e);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new FormatException(IsSecret ? $"{source} is not {Value}" : $"{source}: '{value}' is not {(IsSwitch ? "true or false" : Value)}", e);
        }
    }
}
