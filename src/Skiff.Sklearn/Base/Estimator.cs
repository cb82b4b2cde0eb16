using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// A fitted estimator: immutable, safe to call from any thread. What it can answer belongs to the instance: an estimator without
/// probabilities lacks <see cref="Models.Methods.PredictProba"/>, a pipeline has what its last step has.
/// </summary>
internal abstract class Estimator
{
    /// <summary>What it can answer.</summary>
    public abstract Methods Methods { get; }

    /// <summary>The arrays it can give, in the order of <see cref="MethodNames.All"/>.</summary>
    public abstract IReadOnlyList<ModelOutput> Outputs { get; }

    /// <summary>A single-output classifier's labels, else null.</summary>
    public virtual LabelSet? Classes => null;

    /// <summary>What it must be fed with, or null where it takes anything and only passes it on.</summary>
    public virtual BlockKind? Input => BlockKind.Dense;

    /// <summary>How many columns it was fitted on, or -1 where the file does not say and it does not matter.</summary>
    public virtual int FeatureCount => -1;

    /// <summary>The columns' names where it was fitted on a data frame, else null.</summary>
    public virtual IReadOnlyList<string>? FeatureNames => null;

    /// <summary>What it makes of a column of its input; from this the model's own input is described.</summary>
    public virtual ColumnNeed Need(int column) => Input switch
    {
        null => ColumnNeed.Any,
        BlockKind.Text => ColumnNeed.Text,
        _ => ColumnNeed.Number,
    };

    /// <summary>Judges, once the model is read, whether it can be fed with blocks of a kind.</summary>
    /// <exception cref="ModelLoadException">It cannot.</exception>
    public virtual void CheckInput(BlockKind kind)
    {
        var takes = Input switch
        {
            null => true,
            BlockKind.Text => kind == BlockKind.Text,
            BlockKind.Frame => kind is BlockKind.Frame or BlockKind.Dense,
            _ => kind is BlockKind.Dense or BlockKind.Csr,
        };
        if (takes)
        {
            return;
        }

        throw new ModelLoadException(Input == BlockKind.Text
            ? $"{GetType().Name} takes one column of {(Need(0) == ColumnNeed.Json ? "lists or objects" : "texts")} and is fed with {(kind == BlockKind.Frame ? "a table; name one column, not a list of columns" : "numbers")}"
            : $"{GetType().Name} takes {(kind == BlockKind.Csr ? "a table and is fed with sparse rows" : "numbers and is fed with texts")}");
    }

    /// <summary>Gives the wanted arrays for every row of <paramref name="x"/>.</summary>
    /// <exception cref="InputException">It refuses what a row holds.</exception>
    public abstract void Run(Methods wanted, Block x, Scratch scratch, Results results);

    /// <summary>The output of one of its methods.</summary>
    protected ModelOutput Output(Methods method)
    {
        // By index: this runs in every call, and an interface's enumerator is allocated.
        for (var i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i].Method == method)
            {
                return Outputs[i];
            }
        }

        throw new ArgumentOutOfRangeException(nameof(method), method, "The estimator does not have this method.");
    }
}
