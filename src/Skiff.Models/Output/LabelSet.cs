using Skiff.Numerics;

namespace Skiff.Models;

/// <summary>The type of the labels in a <see cref="LabelSet"/>.</summary>
public enum LabelKind
{
    /// <summary><see cref="string"/>.</summary>
    Text,

    /// <summary><see cref="long"/>.</summary>
    Int64,

    /// <summary><see cref="double"/>.</summary>
    Float64,

    /// <summary><see cref="bool"/>.</summary>
    Bool,
}

/// <summary>A classifier's labels, in the order of <c>classes_</c>. They keep the type they had in Python.</summary>
public sealed class LabelSet
{
    private readonly byte[][] _utf8;

    private LabelSet(LabelKind kind, IReadOnlyList<object> values)
    {
        Kind = kind;
        Values = values;
        _utf8 = kind == LabelKind.Text ? [.. values.Select(v => Utf8.GetBytes((string)v))] : [];
    }

    /// <summary>The type of every label.</summary>
    public LabelKind Kind { get; }

    /// <summary>The labels: <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/> after <see cref="Kind"/>.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <summary>How many there are.</summary>
    public int Count => Values.Count;

    /// <summary>A text label as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8Text(int index) => _utf8[index];

    /// <summary>Some of the labels, in another order.</summary>
    public LabelSet Select(IReadOnlyList<int> indices) => new(Kind, [.. indices.Select(index => Values[index])]);

    /// <summary>Labels that are texts.</summary>
    public static LabelSet Of(IEnumerable<string> labels) => new(LabelKind.Text, [.. labels]);

    /// <summary>Labels that are integers.</summary>
    public static LabelSet Of(IEnumerable<long> labels) => new(LabelKind.Int64, [.. labels.Select(x => (object)x)]);

    /// <summary>Labels that are numbers with a fraction.</summary>
    public static LabelSet Of(IEnumerable<double> labels) => new(LabelKind.Float64, [.. labels.Select(x => (object)x)]);

    /// <summary>Labels that are booleans.</summary>
    public static LabelSet Of(IEnumerable<bool> labels) => new(LabelKind.Bool, [.. labels.Select(x => (object)x)]);
}
