namespace Skiff.ServiceDefaults;

/// <summary>
/// One thing that can be set: by an option of the command line (<c>--max-queue</c>), by a variable of the environment (<c>SKIFF_MAX_QUEUE</c>) or in
/// <c>appsettings.json</c> (<c>Skiff:MaxQueue</c>). The command line wins over the environment, the environment over the file.
/// </summary>
public abstract class Setting
{
    private protected Setting(string name, string value, string description)
    {
        Name = name;
        Value = value;
        Description = description;
    }

    /// <summary>The option's name without the dashes: <c>max-queue</c>.</summary>
    public string Name { get; }

    /// <summary>What its value is, for help texts; empty for a switch.</summary>
    public string Value { get; }

    /// <summary>What it does, for help texts.</summary>
    public string Description { get; }

    /// <summary>Other variables that set it where <see cref="Variable"/> does not, the first that is there.</summary>
    public IReadOnlyList<string> OtherVariables { get; init; } = [];

    /// <summary>Whether it is set by variables alone: other users of a machine can read a command line, and a file is easily committed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it is on or off and needs no value on the command line.</summary>
    public bool IsSwitch => Value.Length == 0;

    /// <summary>The option: <c>--max-queue</c>.</summary>
    public string Option => "--" + Name;

    /// <summary>The variable: <c>SKIFF_MAX_QUEUE</c>.</summary>
    public string Variable => "SKIFF_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The key in <c>appsettings.json</c>: <c>Skiff:MaxQueue</c>.</summary>
    public string Key => "Skiff:" + string.Concat(Name.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
}
