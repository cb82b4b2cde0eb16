using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>
/// The encoders of <c>category_encoders</c>: some columns become the numbers that their categories stand for, where they stand, the others are
/// passed on.
/// </summary>
/// <remarks>
/// category_encoders 2.9, <c>category_encoders/utils.py</c>, <c>BaseEncoder.transform</c>; the same since 2.2. No target is given when a server asks.
/// What each class makes of a category is worked out when it is read: <see cref="CategoryEncoderReader"/>.
/// </remarks>
internal sealed class CategoryEncoder : Transformer
{
    private readonly Part[] _parts;
    private readonly string _name;
    private readonly int[] _output;
    private readonly int _width;

    internal CategoryEncoder(string name, Part[] parts, int featureCount, IReadOnlyList<string>? featureNames)
    {
        _name = name;
        _parts = parts;
        FeatureCount = featureCount;
        FeatureNames = featureNames;
        _output = [.. Enumerable.Repeat(-1, featureCount)];
        foreach (var part in parts)
        {
            if (part.Column >= 0 && part.Kept.Length == 1)
            {
                _output[part.Column] = _width;
            }

            _width += part.Kept.Length;
        }
    }

    /// <summary>What its answer is made of, in order.</summary>
    public IReadOnlyList<Part> Parts => _parts;

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public override ColumnNeed Need(int column)
    {
        foreach (var part in _parts)
        {
            if (part.Column == column)
            {
                return part.Encoded?.Table.Need ?? ColumnNeed.Any;
            }
        }

        return ColumnNeed.Any;
    }

    public override int OutputColumn(int column) => (uint)column < (uint)_output.Length ? _output[column] : -1;

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override BlockKind Produces(Block x)
    {
        Columns.RequireWidth(x, FeatureCount, _name);
        foreach (var part in _parts)
        {
            if (part.Encoded is null && part.Column >= 0 && x.Column(part.Column).Kind == ColumnKind.Text)
            {
                return BlockKind.Frame;
            }
        }

        return BlockKind.Dense;
    }

    public override int Width(int inputWidth) => _width;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, _name);
        var numbers = y as DenseBlock ?? scratch.Dense(x.Rows, _width);
        var first = 0;
        foreach (var part in _parts)
        {
            Write(part, x, numbers, first);
            first += part.Kept.Length;
        }

        if (y is not FrameBlock frame)
        {
            return;
        }

        first = 0;
        foreach (var part in _parts)
        {
            for (var i = 0; i < part.Kept.Length; i++)
            {
                frame.Add(part.Encoded is null && part.Column >= 0 ? x.Column(part.Column) : numbers.Column(first + i));
            }

            first += part.Kept.Length;
        }
    }

    private static void Write(Part part, Block x, DenseBlock y, int first)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = y.Row(row).Slice(first, part.Kept.Length);
            if (part.Column < 0)
            {
                cells.Fill(1);
            }
            else if (part.Encoded is { } encoded)
            {
                var found = encoded.Find(x.Column(part.Column), row, part.Column);
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = found[part.Kept[i]];
                }
            }
            else if (cells.Length > 0)
            {
                var column = x.Column(part.Column);
                cells[0] = column.Kind == ColumnKind.Number ? column.Number(row) : double.NaN;
            }
        }
    }

    /// <summary>Neighbouring columns of the answer.</summary>
    /// <param name="Column">The column of the input that they come from; -1 for a column of ones.</param>
    /// <param name="Encoded">What becomes of it; null where it is passed on.</param>
    /// <param name="Kept">Which of its numbers are kept: those that did not vary may be dropped.</param>
    internal sealed record Part(int Column, EncodedColumn? Encoded, int[] Kept);
}
