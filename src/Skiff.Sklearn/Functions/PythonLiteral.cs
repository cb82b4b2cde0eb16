using System.Globalization;
using Skiff.Numerics;
using Skiff.Pickle;
using Skiff.Python.Unicode;

namespace Skiff.Sklearn;

/// <summary>Values of a file as Python writes them in source.</summary>
internal static class PythonLiteral
{
    private const int MaximumDepth = 8;

    /// <summary>The value as source, or null where it has no such form.</summary>
    public static string? Of(object? value, int depth = 0) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        string text => Quote(text),
        double number => double.IsFinite(number) ? PyFloat.Format(number) : null,
        float number => float.IsFinite(number) ? PyFloat.Format(number) : null,
        PyTuple tuple when depth < MaximumDepth => Sequence("(", tuple.Items, tuple.Count == 1 ? ",)" : ")", depth),
        PyList list when depth < MaximumDepth => Sequence("[", list.Items, "]", depth),
        PySet { Items.Count: > 0, IsFrozen: false } set when depth < MaximumDepth => Sequence("{", set.Items, "}", depth),
        _ => EstimatorNode.AsInteger(value)?.ToString(CultureInfo.InvariantCulture),
    };

    private static string Quote(string text)
    {
        var buffer = new ByteBuffer(text.Length + 16);
        UnicodeText.Repr(Utf8.GetBytes(text), buffer);
        return Utf8.GetString(buffer.Written);
    }

    private static string? Sequence(string open, IReadOnlyList<object?> items, string close, int depth)
    {
        var parts = items.Select(item => Of(item, depth + 1)).ToList();
        return parts.Contains(null) ? null : open + string.Join(", ", parts) + close;
    }
}
