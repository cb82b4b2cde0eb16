using Skiff.Models;

namespace Skiff.Server;

/// <summary>Datatypes of the open inference protocol for what models take and give.</summary>
internal static class Datatypes
{
    /// <summary>What an output's cells are.</summary>
    internal static ReadOnlySpan<byte> Utf8(ModelOutput output) => output.Kind switch
    {
        OutputKind.Float64 => "FP64"u8,
        OutputKind.Int64 => "INT64"u8,
        _ => output.Labels?.Kind switch
        {
            LabelKind.Int64 => "INT64"u8,
            LabelKind.Float64 => "FP64"u8,
            LabelKind.Bool => "BOOL"u8,
            _ => "BYTES"u8,
        },
    };

    /// <summary>What a column's cells are.</summary>
    internal static ReadOnlySpan<byte> Utf8(InputColumn column) => column.Type switch
    {
        ColumnType.Boolean => "BOOL"u8,
        ColumnType.Int32 => "INT32"u8,
        ColumnType.Int64 => "INT64"u8,
        ColumnType.Float32 => "FP32"u8,
        _ => column.Kind == ColumnKind.Number ? "FP64"u8 : "BYTES"u8,
    };
}
