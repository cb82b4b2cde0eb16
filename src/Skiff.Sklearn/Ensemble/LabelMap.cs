using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Which of an ensemble's classes each class of a member is.</summary>
internal static class LabelMap
{
    /// <summary>For members that were fitted on the labels themselves: -1 for a label that the ensemble does not have.</summary>
    /// <exception cref="ModelLoadException">The member has no labels.</exception>
    public static int[] ByLabel(EstimatorNode node, Estimator member, int index, LabelSet classes)
    {
        var places = new Dictionary<object, int>();
        for (var i = 0; i < classes.Count; i++)
        {
            places.TryAdd(classes.Values[i], i);
        }

        return [.. Labels(node, member, index).Values.Select(label => places.GetValueOrDefault(label, -1))];
    }

    /// <summary>For members that were fitted on the places of the labels.</summary>
    /// <exception cref="ModelLoadException">The member has no labels, or one that is no place.</exception>
    public static int[] ByPlace(EstimatorNode node, Estimator member, int index, int classes) =>
    [
        .. Labels(node, member, index).Values.Select(label => label switch
        {
            long place when place >= 0 && place < classes => (int)place,
            double place when place >= 0 && place < classes && place == Math.Floor(place) => (int)place,
            _ => throw node.Error($"'estimators_[{index}]' has the label {label}; places of the {classes} classes are expected"),
        }),
    ];

    private static LabelSet Labels(EstimatorNode node, Estimator member, int index) =>
        member.Classes ?? throw node.Error($"'estimators_[{index}]' is no classifier with one output");
}
