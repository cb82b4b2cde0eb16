namespace Skiff.ServiceDefaults;

/// <summary>A setting's value is wrong in a way that needs words of its own.</summary>
/// <param name="message">What is wrong with it, after the setting's name and a colon.</param>
public sealed class SettingException(string message) : FormatException(message);
