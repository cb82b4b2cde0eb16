using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Skiff.Registry;

/// <summary>Writes the <c>metadata.json</c> of a published version: what the training said, with the version's name and the files' sums.</summary>
internal static class MetadataWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="metadata">What the training said.</param>
    /// <param name="version">The version's name.</param>
    /// <param name="artifacts">The chain of files to name where the training named none; empty to name none.</param>
    /// <param name="sums">File name to sum.</param>
    /// <param name="now">When it is published: <c>saved_at</c> where the training gave none.</param>
    internal static byte[] Write(
        VersionMetadata metadata, string version, IReadOnlyList<string> artifacts, IReadOnlyDictionary<string, string> sums, DateTimeOffset now)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("version", version);
            using (var document = JsonDocument.Parse(metadata.Json))
            {
                WriteKept(writer, document.RootElement);
            }

            if (metadata.SavedAt.Span.SequenceEqual(VersionMetadata.JsonNull))
            {
                writer.WriteString("saved_at", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            }

            if (metadata.Artifacts is null && artifacts.Count > 0)
            {
                writer.WriteStartArray("artifacts");
                foreach (var artifact in artifacts)
                {
                    writer.WriteStringValue(artifact);
                }

                writer.WriteEndArray();
            }

            writer.WriteStartObject("sha256");
            foreach (var (name, sum) in sums.OrderBy(sum => sum.Key, StringComparer.Ordinal))
            {
                writer.WriteString(name, sum);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteKept(Utf8JsonWriter writer, JsonElement metadata)
    {
        foreach (var property in metadata.EnumerateObject())
        {
            var isReplaced = property.NameEquals("version") || property.NameEquals("sha256")
                || (property.NameEquals("saved_at") && property.Value.ValueKind == JsonValueKind.Null);
            if (!isReplaced)
            {
                property.WriteTo(writer);
            }
        }
    }
}
