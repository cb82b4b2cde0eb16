namespace Skiff.Models;

/// <summary>What the cells of an answer are.</summary>
public enum OutputKind
{
    /// <summary>A number with a fraction.</summary>
    Float64,

    /// <summary>An integer.</summary>
    Int64,

    /// <summary>One of a <see cref="LabelSet"/>.</summary>
    Label,
}

/// <summary>An array that a model can give.</summary>
/// <param name="Method">The method that gives it.</param>
/// <param name="Name">Its name: the method's, with <c>.0</c>, <c>.1</c>, … where the method gives a list of arrays.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Columns">Cells a row; 0 where it has one dimension only; -1 where the model does not fix it.</param>
/// <param name="Labels">The labels its cells are taken from, for <see cref="OutputKind.Label"/>; else null.</param>
public sealed record ModelOutput(Methods Method, string Name, OutputKind Kind, int Columns, LabelSet? Labels = null);
