namespace Skiff.Models;

/// <summary>How a row comes in.</summary>
public enum InputForm
{
    /// <summary>One text.</summary>
    Text,

    /// <summary>A list of numbers, by position; names, where there are any, are an addition.</summary>
    Matrix,

    /// <summary>Named columns of several kinds, as a model fitted on a data frame takes.</summary>
    Frame,

    /// <summary>One list or one object of any length, as JSON.</summary>
    Json,
}

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>A number; missing is NaN.</summary>
    Number,

    /// <summary>A text, or missing.</summary>
    Text,
}

/// <summary>A column of the input.</summary>
/// <param name="Name">Its name; for a matrix without names <c>x0</c>, <c>x1</c>, … as scikit-learn calls them.</param>
/// <param name="Kind">What it holds.</param>
public sealed record InputColumn(string Name, ColumnKind Kind)
{
    /// <summary>Whether the model looks at it. One that it drops may be left out by name, and may hold anything.</summary>
    public bool IsUsed { get; init; } = true;

    /// <summary>What its values must be beyond <see cref="Kind"/>.</summary>
    public ColumnType Type { get; init; }

    /// <summary>Whether it may be left out by name, which is a missing value.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>What a row of a model's input is.</summary>
/// <param name="Form">How it comes in.</param>
/// <param name="Columns">Its columns in order; empty for a matrix whose width the model does not fix.</param>
/// <param name="HasNames">Whether the names are those of the training data, rather than made up.</param>
public sealed record ModelInput(InputForm Form, IReadOnlyList<InputColumn> Columns, bool HasNames)
{
    /// <summary>A text a row.</summary>
    public static ModelInput Text { get; } = new(InputForm.Text, [new InputColumn("text", ColumnKind.Text)], false);

    /// <summary>A list or an object a row.</summary>
    public static ModelInput Json { get; } = new(InputForm.Json, [new InputColumn("json", ColumnKind.Text) { Type = ColumnType.Json }], false);

    /// <summary>Whether a row is one value that is kept as a text.</summary>
    internal bool IsOneText => Form is InputForm.Text or InputForm.Json;

    /// <summary>Numbers by position.</summary>
    /// <param name="width">How many, or -1 where the model does not fix that.</param>
    /// <param name="names">The training data's names, if it had any.</param>
    public static ModelInput Matrix(int width, IReadOnlyList<string>? names = null) => new(
        InputForm.Matrix,
        [.. Enumerable.Range(0, Math.Max(width, 0)).Select(i => new InputColumn(names?[i] ?? $"x{i}", ColumnKind.Number))],
        names is not null);
}
