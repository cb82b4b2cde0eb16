using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>'passthrough'</c>, or None: gives what it is given.</summary>
internal sealed class Passthrough : Transformer
{
    public static Passthrough Instance { get; } = new();

    public override BlockKind? Input => null;

    public override int OutputColumn(int column) => column;

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => inputWidth;

    public override void Transform(Block x, Block y, Scratch scratch) => Kernels.Copy(x, y);
}
