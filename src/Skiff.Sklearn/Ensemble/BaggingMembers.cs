using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The members of a bagging, each with the columns that it was given.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/ensemble/_bagging.py</c>: sums over the members in order, divided by <c>n_estimators</c>.</remarks>
internal sealed class BaggingMembers
{
    private readonly int[][] _columns;

    private BaggingMembers(EstimatorNode node)
    {
        Estimators = Members.Read(node);
        AreRead = Members.AreRead(Estimators);
        var subsets = node.List("estimators_features_");
        var count = node.CheckedInteger("n_estimators", 1, int.MaxValue);
        if (subsets.Count != Estimators.Length || count != Estimators.Length)
        {
            throw node.Error($"'n_estimators' is {count}, 'estimators_' has {Estimators.Length} entries, 'estimators_features_' {subsets.Count}");
        }

        FeatureCount = Members.FeatureCount(node, Estimators);
        if (FeatureCount < 1)
        {
            throw node.Error("'n_features_in_' is missing: the estimator is not fitted; call fit before saving it");
        }

        Name = node.ClassName;
        _columns = [.. subsets.Select((item, i) => ColumnLists.Read(node, item, $"estimators_features_[{i}]", FeatureCount))];
        for (var i = 0; i < Estimators.Length; i++)
        {
            if (Estimators[i].FeatureCount >= 0 && Estimators[i].FeatureCount != _columns[i].Length)
            {
                throw node.Error($"'estimators_[{i}]' takes {Estimators[i].FeatureCount} columns; it was given {_columns[i].Length}");
            }
        }
    }

    /// <summary>What a member answered.</summary>
    /// <typeparam name="TState">What the receiver needs besides.</typeparam>
    public delegate void Receiver<TState>(in TState state, int index, Estimator member, Block x, Scratch scratch, Results results);

    /// <summary>The members.</summary>
    public Estimator[] Estimators { get; }

    /// <summary>Whether every member was read.</summary>
    public bool AreRead { get; }

    /// <summary>How many columns a row has.</summary>
    public int FeatureCount { get; }

    /// <summary>The ensemble's class.</summary>
    public string Name { get; }

    /// <summary>Reads the members.</summary>
    /// <exception cref="ModelLoadException">They do not fit.</exception>
    public static BaggingMembers Read(EstimatorNode node) => new(node);

    /// <summary>Judges whether every member can be fed with such blocks.</summary>
    public void CheckInput(BlockKind kind) => Members.CheckInput(Estimators, kind);

    /// <summary>Hands the columns of every member to a receiver, one after the other. What it takes from its scratch memory is gone afterwards.</summary>
    public void ForEach<TState>(Block x, Scratch scratch, Results results, in TState state, Receiver<TState> receive)
    {
        Columns.RequireWidth(x, FeatureCount, Name);
        var inner = ScratchPool.Shared.Rent(scratch);
        try
        {
            for (var i = 0; i < Estimators.Length; i++)
            {
                receive(state, i, Estimators[i], Columns.Select(x, _columns[i], inner), inner, results);
                inner.Reset();
            }
        }
        finally
        {
            ScratchPool.Shared.Return(inner);
        }
    }
}
