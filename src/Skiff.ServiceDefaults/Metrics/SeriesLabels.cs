using System.Text;

namespace Skiff.ServiceDefaults;

/// <summary>The labels of one series, rendered once for each of the two ways in which it is read.</summary>
internal sealed class SeriesLabels
{
    internal SeriesLabels(string[] names, string[] values)
    {
        if (names.Length != values.Length)
        {
            throw new ArgumentException($"{values.Length} values were given for the {names.Length} labels {string.Join(", ", names)}.", nameof(values));
        }

        Tags = new KeyValuePair<string, object?>[names.Length];
        var text = new StringBuilder();
        for (var i = 0; i < names.Length; i++)
        {
            Tags[i] = new KeyValuePair<string, object?>(names[i], values[i]);
            text.Append(i == 0 ? string.Empty : ",").Append(names[i]).Append("=\"").Append(Escape(values[i])).Append('"');
        }

        Text = text.ToString();
    }

    /// <summary>For <see cref="System.Diagnostics.Metrics"/>.</summary>
    internal KeyValuePair<string, object?>[] Tags { get; }

    /// <summary>For Prometheus: <c>model="iris",version="2"</c>.</summary>
    internal string Text { get; }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
