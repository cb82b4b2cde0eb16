using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>ColumnTransformer</c>: each transformer gets some of the columns, and their answers stand side by side.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/compose/_column_transformer.py</c>, <c>ColumnTransformer.transform</c>. Whether the answer is sparse was
/// decided when it was fitted (<c>sparse_output_</c>). A passed-through column is <c>'passthrough'</c> in files of 0.22 to 1.3 and a
/// <c>FunctionTransformer</c> after; columns of the remainder are places, names from 1.5 on, and a list of its own kind in 1.5 to 1.7.
/// </remarks>
internal sealed class ColumnTransformer : Transformer
{
    private readonly ColumnPart[] _parts;
    private readonly bool[] _takesText;
    private readonly bool _isSparse;

    internal ColumnTransformer(ColumnPart[] parts, int featureCount, IReadOnlyList<string>? featureNames, bool isSparse)
    {
        _parts = parts;
        _isSparse = isSparse;
        FeatureCount = featureCount;
        FeatureNames = featureNames;
        _takesText = [.. parts.Select(part => part.Columns.Any(column => Need(column) is ColumnNeed.Text or ColumnNeed.Json))];
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public override ColumnNeed Need(int column)
    {
        var isUsed = false;
        foreach (var part in _parts)
        {
            for (var i = 0; i < part.Columns.Length; i++)
            {
                if (part.Columns[i] != column)
                {
                    continue;
                }

                isUsed = true;
                if (part.Transformer.Need(i) is ColumnNeed.Number or ColumnNeed.Text or ColumnNeed.Json)
                {
                    return part.Transformer.Need(i);
                }
            }
        }

        return isUsed ? ColumnNeed.Any : ColumnNeed.Unused;
    }

    public override int OutputColumn(int column)
    {
        var first = 0;
        foreach (var part in _parts)
        {
            var place = Array.IndexOf(part.Columns, column);
            if (place >= 0 && part.Transformer.OutputColumn(place) is >= 0 and var output)
            {
                return first + output;
            }

            first += part.Transformer.Width(part.Columns.Length);
        }

        return -1;
    }

    public override void CheckInput(BlockKind kind)
    {
        base.CheckInput(kind == BlockKind.Csr ? BlockKind.Dense : kind);
        SideBySide.CheckWidth(nameof(ColumnTransformer), _parts.Select(part => part.Transformer.Width(part.Columns.Length)), _isSparse);
        for (var i = 0; i < _parts.Length; i++)
        {
            try
            {
                _parts[i].Transformer.CheckInput(InputKind(i, kind));
            }
            catch (ModelLoadException e)
            {
                throw new ModelLoadException($"'{_parts[i].Name}' of the ColumnTransformer: {e.Message}", e);
            }
        }
    }

    public override BlockKind Produces(BlockKind input)
    {
        var hasText = false;
        for (var i = 0; i < _parts.Length; i++)
        {
            hasText |= IsText(_parts[i].Transformer.Produces(InputKind(i, input)));
        }

        return Kind(hasText);
    }

    public override BlockKind Produces(Block x)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(ColumnTransformer));
        var hasText = false;
        foreach (var part in _parts)
        {
            hasText |= IsText(part.Transformer.Produces(InputKind(part, x)));
        }

        return Kind(hasText);
    }

    public override int Width(int inputWidth)
    {
        var width = 0;
        foreach (var part in _parts)
        {
            var given = part.Transformer.Width(part.Columns.Length);
            if (given < 0)
            {
                return -1;
            }

            width += given;
        }

        return width;
    }

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(ColumnTransformer));
        switch (y)
        {
            case DenseBlock dense:
                WriteDense(x, dense, scratch);
                break;
            case CsrBlock sparse:
                WriteSparse(x, sparse, scratch);
                break;
            default:
                WriteFrame(x, (FrameBlock)y, scratch);
                break;
        }
    }

    private static bool IsText(BlockKind kind) => kind is BlockKind.Text or BlockKind.Frame;

    // What a part is fed with, as far as the parts themselves decide what their columns hold.
    private BlockKind InputKind(int part, BlockKind input) => input == BlockKind.Csr ? input
        : !_takesText[part] ? BlockKind.Dense
        : _parts[part].IsOne ? BlockKind.Text
        : BlockKind.Frame;

    private static BlockKind InputKind(ColumnPart part, Block x) => x switch
    {
        FrameBlock frame when Columns.HasText(frame, part.Columns) => part.IsOne ? BlockKind.Text : BlockKind.Frame,
        FrameBlock => BlockKind.Dense,
        _ => x.Kind,
    };

    private static Block Select(ColumnPart part, Block x, Scratch scratch) =>
        part.IsOne && x is FrameBlock frame && frame[part.Columns[0]].Kind == ColumnKind.Text
            ? frame[part.Columns[0]].Texts
            : Columns.Select(x, part.Columns, scratch);

    private BlockKind Kind(bool hasText) => _isSparse ? BlockKind.Csr : hasText ? BlockKind.Frame : BlockKind.Dense;

    private void WriteDense(Block x, DenseBlock y, Scratch scratch)
    {
        var column = 0;
        var isSingle = _parts.Length > 0;
        foreach (var part in _parts)
        {
            var width = part.Transformer.Width(part.Columns.Length);
            var view = scratch.View(y, column, width);
            try
            {
                SideBySide.Write(part.Transformer, Select(part, x, scratch), view, part.Weight, scratch);
            }
            catch (InputException e) when (e.ColumnIndex >= 0)
            {
                throw Move(e, part);
            }

            isSingle &= view.IsSingle;
            column += width;
        }

        y.IsSingle = isSingle;
    }

    private void WriteSparse(Block x, CsrBlock y, Scratch scratch)
    {
        var blocks = scratch.BlockList();
        y.IsSingle = _parts.Length > 0;
        foreach (var part in _parts)
        {
            var block = TransformPart(part, x, scratch);
            y.IsSingle &= block.IsSingle;
            blocks.Add(block);
        }

        for (var row = 0; row < x.Rows; row++)
        {
            var column = 0;
            for (var i = 0; i < blocks.Count; i++)
            {
                SideBySide.AppendRow(blocks[i], row, _parts[i].Weight, y, column);
                column += blocks[i].Columns;
            }

            y.EndRow();
        }
    }

    private void WriteFrame(Block x, FrameBlock y, Scratch scratch)
    {
        foreach (var part in _parts)
        {
            var block = TransformPart(part, x, scratch);
            if (block is CsrBlock sparse)
            {
                var dense = scratch.Dense(sparse.Rows, sparse.Columns);
                SideBySide.Densify(sparse, dense);
                block = dense;
            }

            if (block is DenseBlock numbers)
            {
                SideBySide.Scale(numbers, part.Weight);
            }

            for (var column = 0; column < block.Columns; column++)
            {
                y.Add(block.Column(column));
            }
        }
    }

    private static Block TransformPart(ColumnPart part, Block x, Scratch scratch)
    {
        try
        {
            return part.Transformer.Transform(Select(part, x, scratch), scratch);
        }
        catch (InputException e) when (e.ColumnIndex >= 0)
        {
            throw Move(e, part);
        }
    }

    private static InputException Move(InputException refusal, ColumnPart part) =>
        refusal.MoveTo(refusal.ColumnIndex < part.Columns.Length ? part.Columns[refusal.ColumnIndex] : -1, null, part.Transformer.GetType().Name);
}
