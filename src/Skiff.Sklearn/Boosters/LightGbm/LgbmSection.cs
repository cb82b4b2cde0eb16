using System.Globalization;
using System.Numerics;

namespace Skiff.Sklearn;

/// <summary>Lines <c>key=value</c> of a model text: its head, or one tree. Of two with the same key the last counts, as in lightgbm.</summary>
/// <param name="place">What the lines describe, for messages.</param>
internal sealed class LgbmSection(string place)
{
    private readonly Dictionary<string, ReadOnlyMemory<char>> _values = new(StringComparer.Ordinal);

    /// <summary>Takes a line; one without <c>=</c> is a key without a value.</summary>
    public void Add(ReadOnlyMemory<char> line)
    {
        var end = line.Span.IndexOf('=');
        _values[(end < 0 ? line : line[..end]).ToString()] = end < 0 ? default : line[(end + 1)..];
    }

    /// <summary>Whether there is such a key.</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>A value as it stands there.</summary>
    /// <exception cref="PayloadException">It is missing.</exception>
    public string Text(string key) => Required(key).ToString();

    /// <summary>An integer.</summary>
    /// <exception cref="PayloadException">It is missing or none, or not within the bounds.</exception>
    public int Integer(string key, int lowest, int highest)
    {
        if (!int.TryParse(Required(key).Span.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            throw Error(key, "is no integer of 32 bits");
        }

        return value >= lowest && value <= highest ? value : throw Error(key, $"is {value}; {lowest} to {highest} is possible");
    }

    /// <summary>Integers, exactly so many.</summary>
    /// <exception cref="PayloadException">There are more or fewer, or one is none.</exception>
    public int[] Integers(string key, int count) => Read<int>(key, count);

    /// <summary>Words of 32 bits, exactly so many.</summary>
    /// <exception cref="PayloadException">There are more or fewer, or one is none.</exception>
    public uint[] Words(string key, int count) => Read<uint>(key, count);

    /// <summary>Numbers, exactly so many.</summary>
    /// <exception cref="PayloadException">There are more or fewer, or one is none.</exception>
    public double[] Numbers(string key, int count) => Read<double>(key, count);

    /// <summary>An error about what a key holds.</summary>
    public PayloadException Error(string key, string what) => new($"{place}: '{key}' {what}");

    private ReadOnlyMemory<char> Required(string key) => _values.TryGetValue(key, out var value) ? value : throw Error(key, "is missing");

    private T[] Read<T>(string key, int count)
        where T : struct, INumber<T>
    {
        var text = Required(key).Span;
        if (count > (text.Length + 1) / 2)
        {
            throw Error(key, $"holds fewer than {count} numbers");
        }

        var values = new T[count];
        var found = 0;
        foreach (var range in text.Split(' '))
        {
            var token = text[range];
            if (token.IsEmpty)
            {
                continue;
            }

            if (found == count)
            {
                throw Error(key, $"holds more than {count} numbers");
            }

            values[found++] = Parse<T>(token) ?? throw Error(key, $"holds '{(token.Length <= 20 ? token : token[..20])}', which is no such number");
        }

        return found == count ? values : throw Error(key, $"holds {found} numbers; {count} are expected");
    }

    // C prints infinities and NaN as words of its own.
    private static T? Parse<T>(ReadOnlySpan<char> token)
        where T : struct, INumber<T>
    {
        if (T.TryParse(token, NumberStyles.Float & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        return typeof(T) != typeof(double) ? null : token switch
        {
            "inf" => T.CreateChecked(double.PositiveInfinity),
            "-inf" => T.CreateChecked(double.NegativeInfinity),
            "nan" or "-nan" => T.CreateChecked(double.NaN),
            _ => null,
        };
    }
}
