using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>Reads rows as the simple API and v1 send them: a text, a list of values, or an object of columns; whatever it is for a model of lists or objects.</summary>
internal static class RowReader
{
    /// <summary>Reads one row.</summary>
    /// <param name="unescaped">For names and texts with escapes.</param>
    /// <param name="plan">What the model takes.</param>
    /// <param name="writer">Where the row goes.</param>
    /// <param name="text">The text that the scanner reads.</param>
    /// <param name="scanner">Stands before the row, and after it afterwards. The text has been found well formed.</param>
    internal static void Read(ByteBuffer unescaped, InputPlan plan, TableWriter writer, ReadOnlySpan<byte> text, ref JsonScanner scanner)
    {
        writer.BeginRow();
        switch (scanner.Kind)
        {
            case JsonKind.Array when plan.Input.Form != InputForm.Json:
                ReadList(unescaped, writer, text, ref scanner);
                break;
            case JsonKind.Object when plan.Input.Form != InputForm.Json:
                ReadObject(unescaped, plan, writer, text, ref scanner);
                break;
            default:
                ReadCell(unescaped, writer, writer.NextColumn(), text, ref scanner);
                break;
        }

        writer.EndRow();
    }

    /// <summary>Reads a list of rows.</summary>
    internal static void ReadAll(ByteBuffer unescaped, InputPlan plan, TableWriter writer, ReadOnlySpan<byte> list)
    {
        var scanner = new JsonScanner(list);
        var more = scanner.Enter((byte)']');
        var start = scanner.Position;
        while (more)
        {
            Read(unescaped, plan, writer, list, ref scanner);
            if (writer.Rows == 1)
            {
                writer.Expect(EstimateRows(plan, list.Length - start, scanner.Position - start));
            }

            scanner.ReadSeparator((byte)']', out more);
        }
    }

    // As many rows as there would be of the length of the first, but never so many that they could not be there.
    private static int EstimateRows(InputPlan plan, int length, int lengthOfFirst) => length / Math.Max(lengthOfFirst, 2 * Math.Max(plan.NumberColumns, 1));

    private static void ReadList(ByteBuffer unescaped, TableWriter writer, ReadOnlySpan<byte> text, ref JsonScanner scanner)
    {
        var more = scanner.Enter((byte)']');
        if (more && writer.RowOfNumbers is { IsEmpty: false } row)
        {
            writer.TakeNumbers(scanner.ReadNumbers(row, out more));
        }

        while (more)
        {
            ReadCell(unescaped, writer, writer.NextColumn(), text, ref scanner);
            scanner.ReadSeparator((byte)']', out more);
        }
    }

    private static void ReadObject(ByteBuffer unescaped, InputPlan plan, TableWriter writer, ReadOnlySpan<byte> text, ref JsonScanner scanner)
    {
        var more = scanner.Enter((byte)'}');
        while (more)
        {
            scanner.ReadName(out var name);
            var column = plan.Find(JsonText.Unescape(name.Of(text), unescaped));
            if (column >= 0)
            {
                ReadCell(unescaped, writer, column, text, ref scanner);
            }
            else
            {
                scanner.ReadValue(out _);
            }

            scanner.ReadSeparator((byte)'}', out more);
        }
    }

    private static void ReadCell(ByteBuffer unescaped, TableWriter writer, int column, ReadOnlySpan<byte> text, ref JsonScanner scanner)
    {
        scanner.ReadValue(out var span);
        var value = span.Of(text);
        switch (span.Kind)
        {
            case not JsonKind.Null when writer.TakesJson(column):
                writer.SetText(column, value);
                break;
            case JsonKind.Number:
                writer.SetNumber(column, JsonNumber.Parse(value));
                break;
            case JsonKind.Text:
                writer.SetText(column, JsonText.Content(value, unescaped));
                break;
            case JsonKind.Boolean:
                writer.SetBoolean(column, value[0] == 't');
                break;
            case JsonKind.Null:
                writer.SetMissing(column);
                break;
            default:
                if (!writer.IsUsed(column))
                {
                    break;
                }

                throw writer.Refuse(column, "a list or an object was given where the model takes one value");
        }
    }
}
