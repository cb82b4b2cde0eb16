using System.Text.Encodings.Web;
using System.Text.Json;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Cli;

/// <summary>A <see cref="ModelReport"/> as JSON for programs.</summary>
internal static class ReportJson
{
    // As deep as a tree of a file can be; the writer itself is not recursive.
    private static readonly JsonWriterOptions Options = new() { Indented = true, MaxDepth = 16_384, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ModelReport report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("file"u8, report.File);
            json.WriteNumber("bytes"u8, report.Bytes);
            json.WriteString("container"u8, report.Container);
            json.WriteNumber("pickleBytes"u8, report.PickleBytes);
            json.WriteNumber("protocol"u8, report.Protocol);
            WriteTexts(json, "sklearnVersions"u8, report.Versions);
            json.WriteBoolean("served"u8, report.Signature is not null);
            json.WriteString("problem"u8, report.Problem);
            WriteTexts(json, "warnings"u8, report.Warnings);
            WriteSignature(json, report.Signature);
            WriteNames(json, report.Names);
            json.WritePropertyName("tree"u8);
            WriteTree(json, report.Root);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes what <c>skiff add</c> would make of a folder.</summary>
    public static void Write(AddPlan plan, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("pieces"u8);
            foreach (var piece in plan.Pieces)
            {
                json.WriteStartObject();
                json.WriteString("entry"u8, piece.Entry);
                json.WriteString("what"u8, piece.What);
                json.WriteString("use"u8, piece.Use);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteSignature(json, plan.Signature);
            if (plan.Metadata.Length > 0)
            {
                json.WritePropertyName("metadata"u8);
                json.WriteRawValue(plan.Metadata);
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteSignature(Utf8JsonWriter json, ModelSignature? signature)
    {
        if (signature is null)
        {
            return;
        }

        json.WriteStartObject("input"u8);
        json.WriteString("form"u8, signature.Input.Form.ToString().ToLowerInvariant());
        json.WriteStartArray("columns"u8);
        foreach (var column in signature.Input.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, column.Name);
            json.WriteString("kind"u8, column.Kind.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("outputs"u8);
        foreach (var output in signature.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, output.Name);
            json.WriteString("kind"u8, output.Kind.ToString().ToLowerInvariant());
            json.WriteNumber("columns"u8, output.Columns);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, IReadOnlyList<ReportName> names)
    {
        json.WriteStartArray("names"u8);
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name.Name);
            json.WriteString("verdict"u8, name.Verdict);
            json.WriteNumber("count"u8, name.Count);
            json.WriteNumber("offset"u8, name.Offset);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Depth first with a stack of its own; null marks the end of an object.
    private static void WriteTree(Utf8JsonWriter json, ReportNode root)
    {
        var open = new Stack<ReportNode?>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is null)
            {
                json.WriteEndArray();
                json.WriteEndObject();
                continue;
            }

            json.WriteStartObject();
            json.WriteString("place"u8, node.Place);
            json.WriteString("type"u8, node.Type);
            json.WriteStartObject("values"u8);
            foreach (var value in node.Values.DistinctBy(value => value.Name))
            {
                json.WriteString(value.Name, value.Text);
            }

            json.WriteEndObject();
            json.WriteStartArray("children"u8);
            open.Push(null);
            for (var i = node.Children.Count - 1; i >= 0; i--)
            {
                open.Push(node.Children[i]);
            }
        }
    }
}
