using System.Text.Json;

namespace Skiff.Registry;

/// <summary>
/// Reads the inputs of an MLflow signature, which <c>MLmodel</c> holds as JSON inside YAML: a list of columns, or one tensor whose second length is
/// the number of columns.
/// </summary>
internal static class SignatureReader
{
    // More than any table has; a tensor of an image's pixels is below it too.
    private const int MaxColumns = 1 << 16;

    /// <summary>Reads them.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    /// <returns>The columns in order; null where the signature says nothing about columns.</returns>
    internal static IReadOnlyList<SignatureColumn>? Read(string json, out string? problem)
    {
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.GetArrayLength() is 0 or > MaxColumns)
            {
                problem = $"signature.inputs should be a list of 1 to {MaxColumns} columns";
                return null;
            }

            var columns = document.RootElement.EnumerateArray().ToList();
            return columns is [var only] && only.ValueKind == JsonValueKind.Object && only.TryGetProperty("tensor-spec", out var tensor)
                ? ReadTensor(tensor)
                : [.. columns.Select(ReadColumn)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            problem = RegistryProblem.Bound($"signature.inputs is not what MLflow writes: {e.Message}");
            return null;
        }
    }

    private static SignatureColumn ReadColumn(JsonElement column)
    {
        var name = column.TryGetProperty("name", out var text) ? text.GetString() : null;
        var isRequired = (!column.TryGetProperty("required", out var required) || required.GetBoolean())
            && !(column.TryGetProperty("optional", out var optional) && optional.GetBoolean());
        return column.TryGetProperty("tensor-spec", out var tensor)
            ? new SignatureColumn(name, TypeOf(tensor.GetProperty("dtype").GetString()), isRequired)
            : new SignatureColumn(name, column.TryGetProperty("type", out var type) ? type.GetString() ?? string.Empty : string.Empty, isRequired);
    }

    // [-1, 4] of float64 is four columns; another number of dimensions, or one that is free, says nothing about columns.
    private static SignatureColumn[]? ReadTensor(JsonElement tensor)
    {
        var shape = tensor.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()).ToList();
        var type = TypeOf(tensor.GetProperty("dtype").GetString());
        return shape is [_, var width and > 0 and <= MaxColumns] ? [.. Enumerable.Repeat(new SignatureColumn(null, type, true), (int)width)] : null;
    }

    private static string TypeOf(string? dtype) => dtype switch
    {
        "float64" => "double",
        "float32" or "float16" => "float",
        "int64" or "uint32" or "uint64" => "long",
        "int32" or "int16" or "int8" or "uint16" or "uint8" => "integer",
        "bool" => "boolean",
        "str" or "object" => "string",
        _ => dtype ?? string.Empty,
    };
}
