using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The fitted estimators of an ensemble, of whatever class they are.</summary>
internal static class Members
{
    /// <summary>Reads <c>estimators_</c>.</summary>
    /// <exception cref="ModelLoadException">There are none.</exception>
    public static Estimator[] Read(EstimatorNode node)
    {
        var items = node.List("estimators_");
        return items.Count > 0
            ? [.. items.Select((item, i) => node.Context.ReadEstimator(item, node.Join($"estimators_[{i}]")))]
            : throw node.Error("'estimators_' is empty: the ensemble has no estimators");
    }

    /// <summary>Whether every estimator was read; where one was not, that is noted, and what it can answer is unknown.</summary>
    public static bool AreRead(Estimator[] members) => !Array.Exists(members, member => ReferenceEquals(member, UnreadEstimator.Instance));

    /// <summary>The output of a method with one array that a member must have.</summary>
    /// <exception cref="ModelLoadException">It does not have it.</exception>
    public static ModelOutput Output(EstimatorNode node, Estimator[] members, int index, Methods method)
    {
        var outputs = members[index].Outputs.Where(output => output.Method == method).ToList();
        return outputs.Count == 1
            ? outputs[0]
            : throw node.Error($"'estimators_[{index}]' answers {MethodNames.Of(method)} with {outputs.Count} arrays; 1 is expected");
    }

    /// <summary>Judges whether every member can be fed with such blocks.</summary>
    public static void CheckInput(Estimator[] members, BlockKind kind)
    {
        foreach (var member in members)
        {
            member.CheckInput(kind);
        }
    }

    /// <summary>How many columns the ensemble takes: what it says, or what its members say.</summary>
    public static int FeatureCount(EstimatorNode node, Estimator[] members) => node.FeatureCount >= 0 ? node.FeatureCount
        : node.Has("n_features_") ? node.CheckedInteger("n_features_", 1, int.MaxValue)
        : members[0].FeatureCount;
}
