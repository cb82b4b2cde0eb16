using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Stands for an estimator that could not be read, while the rest is still looked through. A model that holds one is never served.</summary>
internal sealed class UnreadEstimator : Transformer
{
    public static UnreadEstimator Instance { get; } = new();

    public override Methods Methods => Methods.None;

    public override IReadOnlyList<ModelOutput> Outputs => [];

    public override BlockKind? Input => null;

    public override bool CanFeed => true;

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => inputWidth;

    public override void Transform(Block x, Block y, Scratch scratch) => throw new InvalidOperationException("The estimator was not read.");
}
