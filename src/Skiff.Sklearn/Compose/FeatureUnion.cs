using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>FeatureUnion</c>: several transformers side by side; sparse where one of them is.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/pipeline.py</c>, <c>FeatureUnion</c>; <c>'passthrough'</c> since 1.1, None meant <c>'drop'</c> before.</remarks>
internal sealed class FeatureUnion : Transformer
{
    private readonly (Transformer Transformer, double Weight)[] _parts;

    private readonly MemberFeed _feed;

    private FeatureUnion((Transformer Transformer, double Weight)[] parts, MemberFeed feed)
    {
        _parts = parts;
        _feed = feed;
    }

    public override BlockKind? Input => _feed.Input;

    public override int FeatureCount => _feed.FeatureCount;

    public override IReadOnlyList<string>? FeatureNames => _feed.FeatureNames;

    public static Estimator Read(EstimatorNode node)
    {
        var entries = node.List("transformer_list");
        var weights = node.Optional("transformer_weights") as PyDict;
        var parts = new List<(Transformer, double)>();
        for (var i = 0; i < entries.Count; i++)
        {
            var (name, value) = NamedStep.Read(node, entries[i], $"transformer_list[{i}]");
            if (value is null or "drop")
            {
                continue;
            }

            var path = node.Join($"transformer_list[{i}].{name}");
            var part = value is "passthrough" ? Passthrough.Instance : node.Context.ReadEstimator(value, path);
            if (part is not Transformer { CanFeed: true } transformer)
            {
                node.Context.Note(path, "the estimator has no transform");
                continue;
            }

            parts.Add((transformer, Weight(node, weights, name)));
        }

        if (parts.Count == 0)
        {
            throw node.Error("every transformer of 'transformer_list' is dropped");
        }

        return new FeatureUnion([.. parts], new MemberFeed(node, [.. parts.Select(part => part.Item1)]));
    }

    public override ColumnNeed Need(int column) => _feed.Need(column);

    public override void CheckInput(BlockKind kind)
    {
        foreach (var (transformer, _) in _parts)
        {
            transformer.CheckInput(kind);
            if (transformer.Produces(kind) is BlockKind.Text or BlockKind.Frame)
            {
                throw new ModelLoadException("FeatureUnion: texts cannot be put side by side; a transformer gives texts");
            }
        }

        SideBySide.CheckWidth(nameof(FeatureUnion), _parts.Select(part => part.Transformer.Width(FeatureCount)), Produces(kind) == BlockKind.Csr);
    }

    public override BlockKind Produces(BlockKind input)
    {
        foreach (var (transformer, _) in _parts)
        {
            if (transformer.Produces(input) == BlockKind.Csr)
            {
                return BlockKind.Csr;
            }
        }

        return BlockKind.Dense;
    }

    public override int Width(int inputWidth)
    {
        var width = 0;
        foreach (var (transformer, _) in _parts)
        {
            var part = transformer.Width(inputWidth);
            if (part < 0)
            {
                return -1;
            }

            width += part;
        }

        return width;
    }

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        if (y is DenseBlock dense)
        {
            TransformDense(x, dense, scratch);
        }
        else
        {
            TransformSparse(x, (CsrBlock)y, scratch);
        }
    }

    internal static double Weight(EstimatorNode node, PyDict? weights, string name)
    {
        if (weights is null || !weights.TryGetValue(name, out var weight) || weight is null)
        {
            return 1;
        }

        return EstimatorNode.AsNumber(weight) ?? throw node.Error($"the weight of '{name}' in 'transformer_weights' is {Describe.Value(weight)}; expected a number");
    }

    private void TransformDense(Block x, DenseBlock y, Scratch scratch)
    {
        var column = 0;
        var isSingle = true;
        foreach (var (transformer, weight) in _parts)
        {
            var width = transformer.Width(x.Columns);
            var part = scratch.View(y, column, width);
            SideBySide.Write(transformer, x, part, weight, scratch);
            isSingle &= part.IsSingle;
            column += width;
        }

        y.IsSingle = isSingle;
    }

    private void TransformSparse(Block x, CsrBlock y, Scratch scratch)
    {
        var parts = scratch.BlockList();
        foreach (var (transformer, _) in _parts)
        {
            parts.Add(transformer.Transform(x, scratch));
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var column = 0;
            for (var i = 0; i < parts.Count; i++)
            {
                SideBySide.AppendRow(parts[i], row, _parts[i].Weight, y, column);
                column += parts[i].Columns;
            }

            y.EndRow();
        }
    }
}
