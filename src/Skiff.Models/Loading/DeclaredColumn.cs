namespace Skiff.Models;

/// <summary>A column that something beside the model's files declares: an MLflow signature.</summary>
/// <param name="Name">Its name; null where only its place is declared.</param>
/// <param name="Type">Its type in MLflow's words: <c>boolean</c>, <c>integer</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>string</c>; others cannot be answered.</param>
/// <param name="IsRequired">Whether every row must have a value there.</param>
public sealed record DeclaredColumn(string? Name, string Type, bool IsRequired);
