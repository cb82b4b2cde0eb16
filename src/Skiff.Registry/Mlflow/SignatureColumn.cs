namespace Skiff.Registry;

/// <summary>A column of an MLflow model's signature.</summary>
/// <param name="Name">Its name; null where the signature gives none, as for arrays.</param>
/// <param name="Type">Its type in MLflow's words: <c>boolean</c>, <c>integer</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>string</c>, or another one.</param>
/// <param name="IsRequired">Whether every row must have it.</param>
public sealed record SignatureColumn(string? Name, string Type, bool IsRequired);
