using System.Text.Json;
using Skiff.Models;

namespace Skiff.Server;

/// <summary>Writes what a model takes and gives as JSON, for people and for forms.</summary>
internal static class SignatureWriter
{
    internal static void Write(Utf8JsonWriter json, ModelSignature signature)
    {
        json.WriteStartObject();
        json.WriteString("platform"u8, signature.Platform);
        if (signature.Producer is not null)
        {
            json.WriteString("producer"u8, signature.Producer);
        }

        WriteInput(json, signature.Input);
        json.WriteStartArray("outputs"u8);
        foreach (var output in signature.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, output.Name);
            json.WriteString("kind"u8, output.Kind switch { OutputKind.Float64 => "float64"u8, OutputKind.Int64 => "int64"u8, _ => "label"u8 });
            json.WriteNumber("columns"u8, output.Columns);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (signature.Classes is not null)
        {
            json.WritePropertyName("classes"u8);
            WriteLabels(json, signature.Classes);
        }

        json.WriteEndObject();
    }

    internal static void WriteLabels(Utf8JsonWriter json, LabelSet labels)
    {
        json.WriteStartArray();
        for (var i = 0; i < labels.Count; i++)
        {
            var buffer = new Numerics.ByteBuffer();
            AnswerPieces.AppendLabel(buffer, labels, i);
            json.WriteRawValue(buffer.Written, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static void WriteInput(Utf8JsonWriter json, ModelInput input)
    {
        json.WriteStartObject("input"u8);
        json.WriteString("form"u8, input.Form switch { InputForm.Text => "text"u8, InputForm.Matrix => "matrix"u8, InputForm.Json => "json"u8, _ => "frame"u8 });
        json.WriteStartArray("columns"u8);
        foreach (var column in input.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, column.Name);
            json.WriteString("kind"u8, column.Kind == ColumnKind.Number ? "number"u8 : "text"u8);
            if (column.Type != ColumnType.Any)
            {
                json.WriteString("type"u8, column.Type switch
                {
                    ColumnType.Boolean => "boolean"u8,
                    ColumnType.Int32 => "integer"u8,
                    ColumnType.Int64 => "long"u8,
                    ColumnType.Float32 => "float"u8,
                    ColumnType.Float64 => "double"u8,
                    ColumnType.Json => "json"u8,
                    _ => "string"u8,
                });
            }

            if (column.IsOptional)
            {
                json.WriteBoolean("optional"u8, true);
            }

            if (!column.IsUsed)
            {
                json.WriteBoolean("used"u8, false);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
