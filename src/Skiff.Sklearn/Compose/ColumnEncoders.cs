using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>A dict of encoders by column name, as scripts keep them beside their model: each turns its column into codes, the other columns stay as they are.</summary>
/// <remarks>
/// What such scripts do: <c>for name, encoder in encoders.items(): frame[name] = encoder.transform(frame[name])</c>. scikit-learn 1.9,
/// <c>sklearn/preprocessing/_label.py</c>, <c>LabelEncoder.transform</c>: the place among <c>classes_</c>; anything else is refused. A name that is none of the
/// columns is left aside: the labels' own encoder is often among them.
/// </remarks>
internal sealed class ColumnEncoders : Transformer
{
    private readonly CategoryTable?[] _tables;
    private readonly OrdinalEncoder?[] _ordinal;

    private ColumnEncoders(IReadOnlyList<string> columns)
    {
        FeatureNames = columns;
        _tables = new CategoryTable?[columns.Count];
        _ordinal = new OrdinalEncoder?[columns.Count];
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount => FeatureNames.Count;

    public override IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Whether a dict holds encoders of columns and nothing else.</summary>
    public static bool Is(object? value) =>
        value is PyDict { Count: > 0 } dict && dict.Entries.All(entry => entry is { Key: string, Value: PyInstance { Type.Name: "LabelEncoder" or "OrdinalEncoder" } });

    /// <summary>Reads the encoders.</summary>
    /// <param name="context">What the reading shares.</param>
    /// <param name="encoders">Names to encoders.</param>
    /// <param name="entry">Where they stand.</param>
    /// <param name="columns">All columns in order; null where nothing says them.</param>
    /// <exception cref="ModelLoadException">The columns are not known, none of them has an encoder, or an encoder is not fitted.</exception>
    public static ColumnEncoders Read(ReadContext context, PyDict encoders, string entry, IReadOnlyList<string>? columns)
    {
        var names = string.Join(", ", encoders.Entries.Select(e => e.Key).OfType<string>().Take(20));
        if (columns is null)
        {
            throw new ModelLoadException(
                $"{entry} encodes columns by name ({names}), but nothing says which columns there are and in which order; name them in metadata.json: \"features\": [...]");
        }

        var read = new ColumnEncoders(columns);
        var found = 0;
        for (var i = 0; i < columns.Count; i++)
        {
            if (encoders.TryGetValue(columns[i], out var encoder))
            {
                read.Take(context, (PyInstance)encoder!, i, $"{entry}[{columns[i]}]");
                found++;
            }
        }

        return found > 0
            ? read
            : throw new ModelLoadException($"{entry} encodes the columns {names}, of which the model takes none; it takes {string.Join(", ", columns.Take(20))}");
    }

    public override ColumnNeed Need(int column) => _tables[column]?.Need ?? _ordinal[column]?.Need(0) ?? ColumnNeed.Number;

    public override int OutputColumn(int column) => column;

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => FeatureCount;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, "the dict of encoders");
        var target = (DenseBlock)y;
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = target.Row(row);
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Code(x.Column(i), row, i);
            }
        }
    }

    private double Code(in FrameColumn column, int row, int index)
    {
        if (_ordinal[index] is { } encoder)
        {
            return Code(encoder, column, row, index);
        }

        if (_tables[index] is not { } table)
        {
            return column.Number(row);
        }

        var place = table.Find(column, row);
        return place >= 0 ? place : throw table.Refuse(column, row, index);
    }

    private static double Code(OrdinalEncoder encoder, in FrameColumn column, int row, int index)
    {
        try
        {
            return encoder.Code(column, row, 0);
        }
        catch (InputException e) when (e.ColumnIndex >= 0)
        {
            throw e.MoveTo(index);
        }
    }

    private void Take(ReadContext context, PyInstance encoder, int column, string path)
    {
        if (encoder.Type.Name == "LabelEncoder")
        {
            var node = new EstimatorNode(context, encoder, "LabelEncoder", path);
            _tables[column] = CategoryTable.Read(node, node.Required("classes_"), "classes_");
            return;
        }

        _ordinal[column] = context.ReadEstimator(encoder, path) switch
        {
            OrdinalEncoder { FeatureCount: 1 } one => one,
            OrdinalEncoder several => throw new ModelLoadException($"{path} encodes {several.FeatureCount} columns; an encoder in a dict by column name encodes one"),
            _ => null,
        };
    }
}
