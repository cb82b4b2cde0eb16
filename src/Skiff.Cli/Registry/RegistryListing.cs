using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Skiff.Registry;

namespace Skiff.Cli;

/// <summary>Models and versions as a table and as JSON.</summary>
internal static class RegistryListing
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Headers = ["MODEL", "VERSION", "SERVES", "FILES", "SIZE", "ACCURACY", "SAVED"];

    internal static void WriteTable(IReadOnlyList<ModelEntry> models, TextWriter output)
    {
        var rows = new List<string[]> { Headers };
        foreach (var model in models)
        {
            foreach (var entry in model.Versions)
            {
                rows.Add(
                [
                    model.Name,
                    entry.Version,
                    ReferenceEquals(entry, model.Latest) ? "yes" : string.Empty,
                    string.Join(" > ", entry.Artifacts.Entries),
                    Size(entry.Artifacts.Files.Sum(file => file.Length)),
                    Plain(entry.Metadata.TestAccuracy),
                    Plain(entry.Metadata.SavedAt),
                ]);
            }

            foreach (var (version, _) in model.Unservable)
            {
                rows.Add([model.Name, version, "cannot", string.Empty, string.Empty, string.Empty, string.Empty]);
            }
        }

        var widths = Enumerable.Range(0, Headers.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows.Count > 1 ? rows : [])
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    internal static string ToJson(IReadOnlyList<ModelEntry> models, IReadOnlyList<RegistryProblem> problems)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, Indented))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("models");
            foreach (var model in models)
            {
                Write(writer, model);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("problems");
            foreach (var problem in problems)
            {
                writer.WriteStartObject();
                writer.WriteString("model", problem.Model);
                writer.WriteString("version", problem.Version);
                writer.WriteString("path", problem.Path);
                writer.WriteString("message", problem.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, ModelEntry model)
    {
        writer.WriteStartObject();
        writer.WriteString("model", model.Name);
        writer.WriteString("directory", model.Directory);
        writer.WriteStartArray("versions");
        foreach (var entry in model.Versions)
        {
            Write(writer, entry, ReferenceEquals(entry, model.Latest));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("unservable");
        foreach (var (version, reason) in model.Unservable)
        {
            writer.WriteStartObject();
            writer.WriteString("version", version);
            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, VersionEntry entry, bool serves)
    {
        writer.WriteStartObject();
        writer.WriteString("version", entry.Version);
        writer.WriteBoolean("serving", serves);
        writer.WriteString("directory", entry.Artifacts.Directory);
        writer.WriteStartArray("artifacts");
        foreach (var artifact in entry.Artifacts.Entries)
        {
            writer.WriteStringValue(artifact);
        }

        writer.WriteEndArray();
        writer.WriteNumber("bytes", entry.Artifacts.Files.Sum(file => file.Length));
        writer.WritePropertyName("metadata");
        writer.WriteRawValue(entry.Metadata.Json.Span);
        writer.WriteEndObject();
    }

    /// <summary>A value of the metadata as it is shown: text without its quotes, nothing for null. Long ones and structures are left to the JSON.</summary>
    private static string Plain(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var text = document.RootElement.ValueKind switch
        {
            JsonValueKind.String when !json.Span.Contains((byte)'\\') => document.RootElement.GetString()!,
            JsonValueKind.Number => document.RootElement.GetRawText(),
            _ => string.Empty,
        };
        return text.Length <= 40 ? text : string.Empty;
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
