using System.Globalization;

namespace Skiff.Sklearn;

/// <summary>
/// An object of a JSON or UBJSON document: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>,
/// <see cref="PayloadObject"/>, a <see cref="List{T}"/> of such values, or an array of <see cref="long"/>, <see cref="float"/> or <see cref="double"/>.
/// The getters say where they found what they did not expect.
/// </summary>
/// <param name="parent">The object that holds it, itself or in a list; null for the outermost.</param>
/// <param name="key">Where it holds it.</param>
/// <param name="index">Its place in the list there, or -1.</param>
internal sealed class PayloadObject(PayloadObject? parent, string key, int index)
{
    private static readonly Dictionary<string, object?> Nothing = [];

    private Dictionary<string, object?>? _values;

    /// <summary>The values by key.</summary>
    public IReadOnlyDictionary<string, object?> Values => _values ?? Nothing;

    /// <summary>Whether there is such a key.</summary>
    public bool Has(string key) => Values.ContainsKey(key);

    /// <summary>Sets a value; of a key that comes twice the last one counts.</summary>
    public void Set(string key, object? value) => (_values ??= [])[key] = value;

    /// <summary>An object.</summary>
    public PayloadObject Object(string key) => Required(key) as PayloadObject ?? throw Unexpected(key, "an object");

    /// <summary>An object, or null where there is none.</summary>
    public PayloadObject? OptionalObject(string key) => Values.GetValueOrDefault(key) as PayloadObject;

    /// <summary>The objects of a list.</summary>
    public IReadOnlyList<PayloadObject> Objects(string key) =>
        [.. Items(key).Select(item => item as PayloadObject ?? throw Unexpected(key, "a list of objects"))];

    /// <summary>A text.</summary>
    public string Text(string key) => Required(key) as string ?? throw Unexpected(key, "a text");

    /// <summary>A text, or null where there is none.</summary>
    public string? OptionalText(string key) => Values.GetValueOrDefault(key) as string;

    /// <summary>The texts of a list; none where there is no list.</summary>
    public IReadOnlyList<string> OptionalTexts(string key) =>
        Has(key) ? [.. Items(key).Select(item => item as string ?? throw Unexpected(key, "a list of texts"))] : [];

    /// <summary>An integer, which parameters hold as a text.</summary>
    public int Integer(string key, int missing = 0)
    {
        if (!Has(key))
        {
            return missing;
        }

        return Required(key) switch
        {
            long value when value is >= int.MinValue and <= int.MaxValue => (int)value,
            string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
            _ => throw Unexpected(key, "an integer of 32 bits"),
        };
    }

    /// <summary>Integers of 32 bits.</summary>
    public int[] Integers(string key)
    {
        var values = LongIntegers(key);
        return Array.TrueForAll(values, value => value is >= int.MinValue and <= int.MaxValue)
            ? Array.ConvertAll(values, value => (int)value)
            : throw Unexpected(key, "integers of 32 bits");
    }

    /// <summary>Integers; flags count as 0 and 1.</summary>
    public long[] LongIntegers(string key) => Required(key) is long[] typed ? typed : [.. Items(key).Select(item => item switch
    {
        long value => value,
        bool flag => flag ? 1L : 0L,
        _ => throw Unexpected(key, "integers"),
    })];

    /// <summary>Numbers, rounded to float32.</summary>
    public float[] Singles(string key) => Required(key) switch
    {
        float[] typed => typed,
        double[] wide => Array.ConvertAll(wide, value => (float)value),
        long[] integers => Array.ConvertAll(integers, value => (float)value),
        _ => [.. Items(key).Select(item => item switch
        {
            double value => (float)value,
            long value => value,
            _ => throw Unexpected(key, "numbers"),
        })],
    };

    /// <summary>An error about what a key holds.</summary>
    public PayloadException Unexpected(string key, string expected) => new($"'{Join(key)}' does not hold {expected}");

    /// <summary>The place of a key.</summary>
    public string Join(string key) => Path is { Length: > 0 } path ? $"{path}.{key}" : key;

    private string Path => parent is null ? string.Empty : index < 0 ? parent.Join(key) : $"{parent.Join(key)}[{index}]";

    /// <summary>The items of a list or an array.</summary>
    public List<object?> Items(string key) => Required(key) switch
    {
        List<object?> list => list,
        long[] { Length: 0 } or float[] { Length: 0 } or double[] { Length: 0 } => [],
        _ => throw Unexpected(key, "a list"),
    };

    private object? Required(string key) =>
        Values.TryGetValue(key, out var value) ? value : throw new PayloadException($"'{Join(key)}' is missing");
}
