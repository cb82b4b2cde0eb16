using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.TestKit.Fixtures;

/// <summary>Hands a fixture's rows to a model.</summary>
public static class FixtureRows
{
    /// <summary>Writes rows <paramref name="first"/> to <paramref name="end"/>: by name where fixture and model have names, else by position.</summary>
    public static Table Write(InputPlan plan, Scratch scratch, FixtureInput input, int first, int end)
    {
        var writer = plan.Begin(scratch);
        for (var row = first; row < end; row++)
        {
            WriteRow(plan, writer, input, row);
        }

        return writer.End();
    }

    /// <summary>Writes all rows again and again, until there are so many.</summary>
    public static Table WriteMany(InputPlan plan, Scratch scratch, FixtureInput input, int rows)
    {
        var writer = plan.Begin(scratch);
        for (var row = 0; row < rows; row++)
        {
            WriteRow(plan, writer, input, row % input.Rows);
        }

        return writer.End();
    }

    private static void WriteRow(InputPlan plan, TableWriter writer, FixtureInput input, int row)
    {
        writer.BeginRow();
        if (input.FrameNames is { } names && plan.Input.HasNames)
        {
            WriteByName(plan, writer, names, input.Frame![row]);
        }
        else
        {
            foreach (var cell in (input.Texts ?? input.JsonTexts) is { } texts ? [texts[row]] : input.Matrix?[row].Cast<object?>() ?? input.Frame![row])
            {
                writer.SetValue(writer.NextColumn(), cell);
            }
        }

        writer.EndRow();
    }

    // From the last column to the first, so that the order plays no part; columns that the model does not know are left out.
    private static void WriteByName(InputPlan plan, TableWriter writer, IReadOnlyList<string> names, object?[] cells)
    {
        for (var i = cells.Length - 1; i >= 0; i--)
        {
            var column = plan.Find(Utf8.GetBytes(names[i]));
            if (column >= 0)
            {
                writer.SetValue(column, cells[i]);
            }
        }
    }
}
