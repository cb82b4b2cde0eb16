using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Skiff.Models;

namespace Skiff.Server;

/// <summary>Metadata and health in the open inference protocol.</summary>
internal static class V2Pages
{
    /// <summary>The program's version.</summary>
    internal static readonly string ServerVersion = typeof(V2Pages).Assembly.GetName().Version?.ToString(3) ?? "0";

    internal static Task ServerAsync(HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, ServerVersion, static (json, version) =>
    {
        json.WriteStartObject();
        json.WriteString("name"u8, "skiff"u8);
        json.WriteString("version"u8, version);
        json.WriteStartArray("extensions"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    internal static Task LiveAsync(HttpContext context) => WriteFlagAsync(context, "live", true);

    internal static Task ReadyAsync(HttpContext context, bool isReady) => WriteFlagAsync(context, "ready", isReady);

    internal static Task ModelReadyAsync(HttpContext context, string name, bool isReady)
    {
        if (!isReady)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return JsonAnswer.WriteAsync(context, Status(isReady), (name, isReady), static (json, state) =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, state.name);
            json.WriteBoolean("ready"u8, state.isReady);
            json.WriteEndObject();
        });
    }

    internal static Task ModelAsync(HttpContext context, ServingModel model, LoadedVersion version) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, (model, version), static (json, state) =>
        {
            var signature = state.version.Model.Signature;
            json.WriteStartObject();
            json.WriteString("name"u8, state.model.Name);
            json.WriteStartArray("versions"u8);
            foreach (var entry in state.model.Entry.Versions)
            {
                json.WriteStringValue(entry.Version);
            }

            json.WriteEndArray();
            json.WriteString("platform"u8, signature.Platform);
            json.WriteStartArray("inputs"u8);
            WriteInputs(json, signature.Input);
            json.WriteEndArray();
            json.WriteStartArray("outputs"u8);
            foreach (var output in signature.Outputs)
            {
                WriteOutput(json, output, output.Labels ?? (output.Columns > 0 && output.Method != Methods.Transform ? signature.Classes : null));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void WriteInputs(Utf8JsonWriter json, ModelInput input)
    {
        if (input.Form == InputForm.Matrix)
        {
            WriteTensor(json, "input", "FP64"u8, input.Columns.Count == 0 ? -1 : input.Columns.Count);
            json.WriteEndObject();
            return;
        }

        foreach (var column in input.Columns.Where(column => column.IsUsed))
        {
            WriteTensor(json, column.Name, Datatypes.Utf8(column), 0);
            if (column.Type == ColumnType.Json)
            {
                // In the words of MLServer, whose clients look here for how a tensor is meant.
                json.WriteStartObject("parameters"u8);
                json.WriteString("content_type"u8, "json"u8);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }

    private static void WriteOutput(Utf8JsonWriter json, ModelOutput output, LabelSet? classes)
    {
        WriteTensor(json, output.Name, Datatypes.Utf8(output), output.Columns);
        if (classes is not null)
        {
            json.WriteStartObject("parameters"u8);
            json.WritePropertyName("classes"u8);
            SignatureWriter.WriteLabels(json, classes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, ReadOnlySpan<byte> datatype, int columns)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("datatype"u8, datatype);
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(-1);
        if (columns != 0)
        {
            json.WriteNumberValue(columns);
        }

        json.WriteEndArray();
    }

    private static Task WriteFlagAsync(HttpContext context, string name, bool value)
    {
        if (!value)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return JsonAnswer.WriteAsync(context, Status(value), (name, value), static (json, state) =>
        {
            json.WriteStartObject();
            json.WriteBoolean(state.name, state.value);
            json.WriteEndObject();
        });
    }

    private static int Status(bool isReady) => isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}
