using System.Globalization;

namespace Skiff.EndToEnd.Tests;

/// <summary>Variables that make a test longer than it is among all others.</summary>
internal static class Settings
{
    /// <summary>The number that a variable holds.</summary>
    public static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
