using System.Globalization;
using System.Text;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary>A <see cref="ModelReport"/> as a tree for people.</summary>
internal static class ReportText
{
    public static string Render(ModelReport report)
    {
        var text = new StringBuilder();
        Line(text, $"{report.File}  {Size(report.Bytes)}, {report.Container}, pickle protocol {report.Protocol}, {Size(report.PickleBytes)} inflated");
        Line(text, report.Versions.Count == 0 ? "no version of scikit-learn is named" : $"scikit-learn {string.Join(", ", report.Versions)}");
        foreach (var warning in report.Warnings)
        {
            Line(text, $"warning: {warning}");
        }

        Line(text, string.Empty);
        AppendTree(text, report.Root);
        AppendVerdict(text, report);
        Line(text, string.Empty);
        Line(text, "Python names");
        var width = Math.Min(report.Names.Select(name => name.Name.Length).DefaultIfEmpty(0).Max(), 70);
        foreach (var name in report.Names)
        {
            Line(text, $"  {name.Name.PadRight(width)}  {name.Verdict}");
        }

        return text.ToString();
    }

    private static void AppendVerdict(StringBuilder text, ModelReport report)
    {
        Line(text, string.Empty);
        if (report.Signature is { } signature)
        {
            AppendSignature(text, signature);
        }
        else
        {
            Line(text, $"cannot be served: {report.Problem}");
        }
    }

    /// <summary>Appends what a model takes and gives.</summary>
    public static void AppendSignature(StringBuilder text, ModelSignature signature)
    {
        Line(text, signature.Input switch
        {
            { Form: InputForm.Text } => "takes    a text a row",
            { Form: InputForm.Json } => "takes    a list or an object a row, as JSON",
            { Columns.Count: 0 } => "takes    a matrix of numbers",
            { HasNames: true } input => $"takes    {input.Columns.Count} columns: {string.Join(", ", input.Columns.Select(column => column.Name))}",
            var input => $"takes    a matrix of {input.Columns.Count} numbers a row",
        });
        foreach (var output in signature.Outputs)
        {
            var shape = output.Columns switch { 0 => "one a row", < 0 => "several a row", var columns => string.Create(CultureInfo.InvariantCulture, $"{columns} a row") };
            Line(text, $"answers  {output.Name}: {output.Kind.ToString().ToLowerInvariant()}, {shape}");
        }

        if (signature.Classes is { } classes)
        {
            Line(text, $"classes  {string.Join(", ", classes.Values.Take(20))}{(classes.Count > 20 ? ", ..." : string.Empty)}");
        }
    }

    // Depth first with a stack of its own: the file decides how deep the tree is.
    private static void AppendTree(StringBuilder text, ReportNode root)
    {
        var open = new Stack<(ReportNode Node, string Indent, bool IsLast)>();
        open.Push((root, string.Empty, true));
        while (open.TryPop(out var next))
        {
            var (node, indent, isLast) = next;
            var isRoot = ReferenceEquals(node, root);
            Line(text, $"{indent}{(isRoot ? string.Empty : isLast ? "└─ " : "├─ ")}{(node.Place.Length == 0 ? string.Empty : node.Place + "  ")}{node.Type}");
            var inner = isRoot ? string.Empty : indent + (isLast ? "   " : "│  ");
            foreach (var value in node.Values.Where(value => value.Name != "_sklearn_version"))
            {
                Line(text, $"{inner}{(node.Children.Count > 0 ? "│  " : "   ")}{value.Name} = {value.Text}");
            }

            for (var i = node.Children.Count - 1; i >= 0; i--)
            {
                open.Push((node.Children[i], inner, i == node.Children.Count - 1));
            }
        }
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB"),
    };

    private static void Line(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');
}
