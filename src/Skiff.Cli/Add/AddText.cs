using System.Text;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary>A plan for people.</summary>
internal static class AddText
{
    /// <summary>What <c>skiff add</c> would make of a folder.</summary>
    public static string OfFolder(AddPlan plan) =>
        $"{Render(plan)}\nskiff add would publish this{(plan.Metadata.Length == 0 ? string.Empty : $" with the metadata.json\n{plan.Metadata.TrimEnd()}")}\n";

    /// <summary>What <c>skiff add</c> would make of a pickled dict beyond what serves when it is just dropped into a registry; empty for anything else.</summary>
    public static string OfBundle(string path, ModelReport report)
    {
        if (!report.Root.Type.StartsWith("dict of ", StringComparison.Ordinal))
        {
            return string.Empty;
        }

        const string Head = "\nA dict that is dropped into a registry serves the one value that can predict, and uses the others only when metadata.json says so.\n";
        try
        {
            using var plan = AddPlan.Make(new AddRequest { Sources = [path] }, CancellationToken.None);
            return $"{Head}skiff add would use:\n{Render(plan)}";
        }
        catch (CommandException e)
        {
            return $"{Head}skiff add would refuse it: {e.Message}\n";
        }
    }

    /// <summary>The pieces, and what the model takes and gives.</summary>
    public static string Render(AddPlan plan)
    {
        var text = new StringBuilder();
        var entries = plan.Pieces.Max(piece => piece.Entry.Length);
        var kinds = plan.Pieces.Max(piece => piece.What.Length);
        foreach (var piece in plan.Pieces)
        {
            text.Append(kinds == 0 ? $"{piece.Entry.PadRight(entries)}  {piece.Use}" : $"{piece.Entry.PadRight(entries)}  {piece.What.PadRight(kinds)}  {piece.Use}").Append('\n');
        }

        ReportText.AppendSignature(text, plan.Signature);
        return text.ToString();
    }
}
