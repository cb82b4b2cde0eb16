using System.Globalization;
using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>Joins what a signature beside a model declares of its columns with what the model itself takes. The two must agree: a request could satisfy only one of them.</summary>
internal static class DeclaredInput
{
    private const string WayOut = "log the model again with the signature of its training data, or take the signature out of MLmodel";

    /// <summary>The model's input with the declared names, types and optional columns.</summary>
    /// <param name="input">What the model takes.</param>
    /// <param name="declared">What is declared, in order.</param>
    /// <exception cref="ModelLoadException">The two do not agree.</exception>
    public static ModelInput Apply(ModelInput input, IReadOnlyList<DeclaredColumn> declared)
    {
        if (input.Form == InputForm.Text)
        {
            return declared is [{ Type: "string" }]
                ? input
                : throw new ModelLoadException($"the signature declares {Describe(declared)}, the model takes one text a row; {WayOut}");
        }

        if (input.Form == InputForm.Json)
        {
            return declared is [{ Type: var type }] && IsNested(type)
                ? input
                : throw new ModelLoadException($"the signature declares {Describe(declared)}, the model takes one list or object a row; {WayOut}");
        }

        var areNamed = declared.All(column => column.Name is not null) && declared.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() == declared.Count;
        if (areNamed && input.HasNames)
        {
            var byName = declared.ToDictionary(column => column.Name!, StringComparer.Ordinal);
            return input with { Columns = [.. input.Columns.Select(column => Join(column, byName.GetValueOrDefault(column.Name)))] };
        }

        if (input.Columns.Count > 0 && input.Columns.Count != declared.Count)
        {
            throw new ModelLoadException(string.Create(
                CultureInfo.InvariantCulture, $"the signature declares {declared.Count} columns, the model takes {input.Columns.Count}; {WayOut}"));
        }

        var columns = input.Columns.Count > 0 ? input.Columns : ModelInput.Matrix(declared.Count).Columns;
        return input with
        {
            Columns = [.. columns.Select((column, i) => Join(areNamed ? column with { Name = declared[i].Name! } : column, declared[i]))],
            HasNames = input.HasNames || areNamed,
        };
    }

    private static InputColumn Join(InputColumn column, DeclaredColumn? declared)
    {
        if (!column.IsUsed)
        {
            return column;
        }

        if (declared is null)
        {
            throw new ModelLoadException($"the signature lacks the column '{column.Name}', which the model takes; {WayOut}");
        }

        if (column.Type == ColumnType.Json)
        {
            return IsNested(declared.Type)
                ? column with { IsOptional = !declared.IsRequired }
                : throw new ModelLoadException($"the signature says {declared.Type} for the column '{column.Name}', the model takes lists or objects there; {WayOut}");
        }

        var type = TypeOf(declared.Type)
            ?? throw new ModelLoadException($"the signature says {declared.Type} for the column '{column.Name}'; boolean, integer, long, float, double and string can be served");
        return (type == ColumnType.Text) == (column.Kind == ColumnKind.Text)
            ? column with { Type = type, IsOptional = !declared.IsRequired }
            : throw new ModelLoadException(
                $"the signature says {declared.Type} for the column '{column.Name}', the model takes {(column.Kind == ColumnKind.Text ? "texts" : "numbers")} there; {WayOut}");
    }

    // MLflow's words for what is no scalar.
    private static bool IsNested(string word) => word is "array" or "object" or "map" or "any";

    private static ColumnType? TypeOf(string word) => word switch
    {
        "boolean" => ColumnType.Boolean,
        "integer" => ColumnType.Int32,
        "long" => ColumnType.Int64,
        "float" => ColumnType.Float32,
        "double" => ColumnType.Float64,
        "string" => ColumnType.Text,
        _ => null,
    };

    private static string Describe(IReadOnlyList<DeclaredColumn> declared) => declared.Count == 1
        ? $"one column of type {declared[0].Type}"
        : string.Create(CultureInfo.InvariantCulture, $"{declared.Count} columns");
}
