using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>Reads <c>classes_</c>: the labels keep the type they have in Python.</summary>
internal static class LabelReader
{
    /// <summary>The labels of a one-dimensional array or a list, or null where they are none.</summary>
    public static LabelSet? Read(object? value)
    {
        if (value is NdArray { Rank: 1 } array)
        {
            return array.Data switch
            {
                string[] texts => LabelSet.Of(texts),
                bool[] flags => LabelSet.Of(flags),
                double[] or float[] or Half[] => LabelSet.Of(array.ToDoubles()),
                object?[] items => Of(items),
                _ when array.IsNumeric => LabelSet.Of(array.ToInt64s()),
                _ => null,
            };
        }

        return EstimatorNode.Items(value) is { } list ? Of(list) : null;
    }

    private static LabelSet? Of(IReadOnlyList<object?> items)
    {
        if (items.All(item => item is string))
        {
            return LabelSet.Of(items.Cast<string>());
        }

        if (items.All(item => item is bool))
        {
            return LabelSet.Of(items.Cast<bool>());
        }

        if (items.All(item => EstimatorNode.AsInteger(item) is not null))
        {
            return LabelSet.Of(items.Select(item => EstimatorNode.AsInteger(item)!.Value));
        }

        return items.All(item => item is not bool && EstimatorNode.AsNumber(item) is not null)
            ? LabelSet.Of(items.Select(item => EstimatorNode.AsNumber(item)!.Value))
            : null;
    }
}
