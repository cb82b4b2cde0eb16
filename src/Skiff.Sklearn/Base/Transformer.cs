using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>An estimator with <c>transform</c>. The target's memory is handed in, so that several can write side by side.</summary>
internal abstract class Transformer : Estimator
{
    private ModelOutput[]? _outputs;

    public override Methods Methods => Methods.Transform;

    public override IReadOnlyList<ModelOutput> Outputs =>
        _outputs ??= [new ModelOutput(Methods.Transform, "transform", OutputKind.Float64, Width(FeatureCount) is > 0 and var width ? width : -1)];

    /// <summary>Whether another estimator can be fed with its answer; not so a pipeline whose last step is none of these.</summary>
    public virtual bool CanFeed => Methods.HasFlag(Methods.Transform);

    /// <summary>How it holds its answer, given how its input is held.</summary>
    public abstract BlockKind Produces(BlockKind input);

    /// <summary>How it holds its answer to what it is really given.</summary>
    public virtual BlockKind Produces(Block x) => Produces(x.Kind);

    /// <summary>The column of its answer that is this column of its input, as it was or changed; -1 where there is none.</summary>
    public virtual int OutputColumn(int column) => -1;

    /// <summary>How many columns its answer has.</summary>
    /// <param name="inputWidth">How many its input has; -1 where that is not fixed.</param>
    public abstract int Width(int inputWidth);

    /// <summary>Transforms every row.</summary>
    /// <param name="x">The input, of the kind <see cref="Estimator.Input"/> asks for.</param>
    /// <param name="y">The target, made by <see cref="NewTarget"/> or a view as wide: dense with as many rows, or sparse, or a frame, and empty.</param>
    /// <param name="scratch">Working memory.</param>
    /// <exception cref="InputException">It refuses what a row holds.</exception>
    public abstract void Transform(Block x, Block y, Scratch scratch);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(Output(Methods.Transform), Transform(x, scratch));
        }
    }

    /// <summary>Transforms every row into a block of its own.</summary>
    public Block Transform(Block x, Scratch scratch)
    {
        var y = NewTarget(x, scratch);
        Transform(x, y, scratch);
        return y;
    }

    /// <summary>Memory for the answer to <paramref name="x"/>.</summary>
    public Block NewTarget(Block x, Scratch scratch) => Produces(x) switch
    {
        BlockKind.Dense => scratch.Dense(x.Rows, Width(x.Columns)),
        BlockKind.Csr => scratch.Csr(Width(x.Columns)),
        BlockKind.Frame => scratch.Frame(x.Rows),
        _ => scratch.Text(),
    };
}
