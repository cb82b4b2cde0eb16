using System.Globalization;

namespace Skiff.ServiceDefaults;

/// <summary>Reads the texts of settings.</summary>
public static class SettingValue
{
    /// <summary>A text that must not be empty.</summary>
    /// <exception cref="FormatException">It is.</exception>
    public static string NotEmpty(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length > 0 ? value : throw new FormatException();
    }

    /// <summary>Several texts with a separator, blanks around each removed.</summary>
    public static string[] List(string value, char separator)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>A whole number of a range.</summary>
    /// <exception cref="FormatException">It is none, or out of range.</exception>
    public static int Integer(string value, int minimum, int maximum)
    {
        var number = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
        return number >= minimum && number <= maximum ? number : throw new FormatException();
    }

    /// <summary>A whole number of a range that 32 bits do not hold.</summary>
    /// <exception cref="FormatException">It is none, or out of range.</exception>
    public static long Integer(string value, long minimum, long maximum)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < minimum || number > maximum)
        {
            throw new FormatException();
        }

        return number;
    }

    /// <summary>A number of milliseconds.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Milliseconds(string value) => TimeSpan.FromMilliseconds(Integer(value, 0, int.MaxValue));

    /// <summary>A number of seconds, with a fraction or without.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Seconds(string value)
    {
        var number = double.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return number < 1e6 ? TimeSpan.FromSeconds(number) : throw new FormatException();
    }

    /// <summary>Whether a variable says yes.</summary>
    public static bool IsTrue(string? value) => value is "1" || (bool.TryParse(value, out var flag) && flag);
}
