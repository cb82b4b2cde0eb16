using System.Globalization;
using System.Text;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>A transformer whose rows are lists or objects of any length, each a JSON text in one column.</summary>
internal abstract class JsonRowTransformer : Transformer
{
    public sealed override BlockKind? Input => BlockKind.Text;

    /// <summary>Whether a row is an object; a list if not.</summary>
    protected abstract bool TakesObjects { get; }

    public sealed override ColumnNeed Need(int column) => ColumnNeed.Json;

    public sealed override void Transform(Block x, Block y, Scratch scratch)
    {
        var texts = (TextBlock)x;
        var state = scratch.State<JsonRowState>();
        Begin(y);
        try
        {
            for (var row = 0; row < texts.Rows; row++)
            {
                state.Row = row;
                AddRow(Judge(texts, row), state, y);
            }
        }
        finally
        {
            state.Trim();
        }
    }

    /// <summary>Says of the target what holds for all its rows.</summary>
    protected virtual void Begin(Block y)
    {
    }

    /// <summary>Writes the row of a list or an object that has been found well formed.</summary>
    protected abstract void AddRow(ReadOnlySpan<byte> json, JsonRowState state, Block y);

    private ReadOnlySpan<byte> Judge(TextBlock texts, int row)
    {
        if (texts.IsMissing(row))
        {
            throw InputException.AtCell(row, 0, $"no value was given where {GetType().Name} takes {Wanted}");
        }

        var text = texts.Text(row);
        var scanner = new JsonScanner(text);
        if (!scanner.ReadDocument(out var value))
        {
            var words = Encoding.ASCII.GetString(JsonErrors.Message(scanner.Error));
            throw InputException.AtCell(row, 0, string.Create(CultureInfo.InvariantCulture, $"{Quoted.Text(text)} is no JSON: {words} (byte {scanner.ErrorPosition})"));
        }

        return value.Kind == (TakesObjects ? JsonKind.Object : JsonKind.Array)
            ? value.Of(text)
            : throw InputException.AtCell(row, 0, $"{JsonRowState.Word(value.Kind)} was given where {GetType().Name} takes {Wanted}");
    }

    private string Wanted => TakesObjects ? "an object" : "a list";
}
