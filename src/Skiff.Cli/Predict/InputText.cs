using System.Globalization;
using Skiff.Models;

namespace Skiff.Cli;

/// <summary>What a model takes, in words.</summary>
internal static class InputText
{
    public static string Describe(ModelInput input) => input switch
    {
        { Form: InputForm.Text } => "a text a row",
        { Form: InputForm.Json } => "a list or an object a row",
        { Columns.Count: 0 } => "a matrix of numbers",
        { Form: InputForm.Matrix, HasNames: false } => string.Create(CultureInfo.InvariantCulture, $"a matrix of {input.Columns.Count} numbers a row"),
        _ => $"the columns {Names(input.Columns.Where(column => column.IsUsed).Select(column => column.Name))}",
    };

    /// <summary>Names in a row, the first twenty of them.</summary>
    public static string Names(IEnumerable<string> names)
    {
        var list = names.Take(21).ToList();
        return string.Join(", ", list.Take(20)) + (list.Count > 20 ? ", ..." : string.Empty);
    }
}
