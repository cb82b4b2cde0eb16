using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A classifier of codes whose answers are turned back into the names that a label encoder holds.</summary>
internal sealed class Relabeled : Estimator
{
    private readonly Estimator _inner;
    private readonly ModelOutput[] _outputs;

    private Relabeled(Estimator inner, LabelSet classes)
    {
        _inner = inner;
        Classes = classes;
        _outputs = [.. inner.Outputs.Select(output => output.Kind == OutputKind.Label ? output with { Labels = classes } : output)];
    }

    public override Methods Methods => _inner.Methods;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public override LabelSet Classes { get; }

    public override BlockKind? Input => _inner.Input;

    public override int FeatureCount => _inner.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames => _inner.FeatureNames;

    /// <summary>Names the codes of a classifier.</summary>
    /// <exception cref="ModelLoadException">It is no classifier of codes, or a code has no name.</exception>
    public static Relabeled Create(Estimator inner, LabelSet names, string entry)
    {
        if (inner.Classes is not { Kind: LabelKind.Int64 } codes)
        {
            throw new ModelLoadException($"{entry}: labels can be given to a classifier that answers with codes; this model does not");
        }

        foreach (long code in codes.Values)
        {
            if (code < 0 || code >= names.Count)
            {
                throw new ModelLoadException($"{entry}: the classifier answers {code}, for which the {names.Count} labels have no name");
            }
        }

        return new Relabeled(inner, names.Select([.. codes.Values.Select(code => (int)(long)code)]));
    }

    public override ColumnNeed Need(int column) => _inner.Need(column);

    public override void CheckInput(BlockKind kind) => _inner.CheckInput(kind);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        var first = results.Count;
        _inner.Run(wanted, x, scratch, results);
        for (var i = first; i < results.Count; i++)
        {
            if (results[i].Output.Kind == OutputKind.Label)
            {
                results.Relabel(i, Output(results[i].Output.Method));
            }
        }
    }
}
