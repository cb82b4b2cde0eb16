namespace Skiff.Server;

/// <summary>
/// One thing that can be set: by an option of the command line (<c>--max-queue</c>), by a variable of the environment (<c>SKIFF_MAX_QUEUE</c>) or in
/// <c>appsettings.json</c> (<c>Skiff:MaxQueue</c>). The command line wins over the environment, the environment over the file.
/// </summary>
public sealed class ServerSetting
{
    private readonly Action<SkiffHostOptions, string> _apply;

    internal ServerSetting(string name, string value, string description, Action<SkiffHostOptions, string> apply)
    {
        Name = name;
        Value = value;
        Description = description;
        _apply = apply;
    }

    /// <summary>The option's name without the dashes: <c>max-queue</c>.</summary>
    public string Name { get; }

    /// <summary>What its value is, for help texts; empty for a switch.</summary>
    public string Value { get; }

    /// <summary>What it does, for help texts.</summary>
    public string Description { get; }

    /// <summary>Whether it is on or off and needs no value on the command line.</summary>
    public bool IsSwitch => Value.Length == 0;

    /// <summary>The option: <c>--max-queue</c>.</summary>
    public string Option => "--" + Name;

    /// <summary>The variable: <c>SKIFF_MAX_QUEUE</c>.</summary>
    public string Variable => "SKIFF_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The key in <c>appsettings.json</c>: <c>Skiff:MaxQueue</c>.</summary>
    public string Key => "Skiff:" + string.Concat(Name.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Sets it.</summary>
    /// <exception cref="FormatException">The value is not one; the message names the setting and says what it takes.</exception>
    internal void Apply(SkiffHostOptions options, string value, string source)
    {
        try
        {
            _apply(options, value);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new FormatException($"{source}: '{value}' is not {(IsSwitch ? "true or false" : Value)}", e);
        }
    }
}
