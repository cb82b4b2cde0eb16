using System.Globalization;

namespace Skiff.House.Tests.Deploy;

/// <summary>How long a server takes to end by the defaults that docs/configuration.md gives.</summary>
internal static class Drain
{
    public static int Seconds { get; } = Default("SKIFF_DRAIN_DELAY") + Default("SKIFF_DRAIN_TIMEOUT");

    private static int Default(string variable)
    {
        var row = Repository.ReadLines("docs/configuration.md").Single(line => line.StartsWith('|') && line.Contains($"`{variable}`", StringComparison.Ordinal));
        return int.Parse(row.Split('|')[^2].Trim(' ', '`'), CultureInfo.InvariantCulture);
    }
}
