using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What an estimator over several others must be fed with: what they must.</summary>
internal sealed class MemberFeed
{
    private readonly Estimator[] _members;

    /// <param name="node">The estimator over the others.</param>
    /// <param name="members">Those that see its input.</param>
    /// <exception cref="ModelLoadException">They do not take the same.</exception>
    public MemberFeed(EstimatorNode node, Estimator[] members)
    {
        _members = members;
        var inputs = members.Select(member => member.Input).Where(input => input is not null).Distinct().ToList();
        if (inputs.Contains(BlockKind.Text) && inputs.Count > 1)
        {
            throw node.Error("some of its estimators take a text, others take columns");
        }

        // Those that take anything may stand beside either.
        if (inputs.Contains(BlockKind.Text) && members.Select(member => member.Need(0)).Where(need => need is ColumnNeed.Text or ColumnNeed.Json).Distinct().Count() > 1)
        {
            throw node.Error("some of its estimators take a text, others take a list or an object");
        }

        var counts = members.Select(member => member.FeatureCount).Where(count => count >= 0).Distinct().ToList();
        if (counts.Count > 1)
        {
            throw node.Error($"its estimators were fitted on different numbers of features: {string.Join(", ", counts)}");
        }

        Input = inputs.Contains(BlockKind.Frame) ? BlockKind.Frame : inputs.FirstOrDefault();
        FeatureCount = counts.Count == 1 ? counts[0] : node.Optional("n_features_in_") is null ? -1 : node.FeatureCount;
        FeatureNames = node.FeatureNames ?? members.Select(member => member.FeatureNames).FirstOrDefault(names => names is not null);
        if (FeatureNames is not null && FeatureCount >= 0 && FeatureNames.Count != FeatureCount)
        {
            throw node.Error($"there are {FeatureNames.Count} feature names for {FeatureCount} features");
        }
    }

    /// <summary>As <see cref="Estimator.Input"/>.</summary>
    public BlockKind? Input { get; }

    /// <summary>As <see cref="Estimator.FeatureCount"/>.</summary>
    public int FeatureCount { get; }

    /// <summary>As <see cref="Estimator.FeatureNames"/>.</summary>
    public IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>As <see cref="Estimator.Need"/>: what the first says that is particular about the column.</summary>
    public ColumnNeed Need(int column)
    {
        var combined = ColumnNeed.Unused;
        foreach (var member in _members)
        {
            switch (member.Need(column))
            {
                case ColumnNeed.Unused:
                    break;
                case ColumnNeed.Any:
                    combined = ColumnNeed.Any;
                    break;
                case var decided:
                    return decided;
            }
        }

        return combined;
    }

    /// <summary>As <see cref="Estimator.CheckInput"/>.</summary>
    public void CheckInput(BlockKind kind) => Members.CheckInput(_members, kind);
}
