namespace Skiff.Python.Interpreter;

/// <summary>Numbers in rows and columns, as a function over numbers takes and gives them.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Values">The numbers, row by row.</param>
public sealed record PyNumbers(int Rows, int Columns, ReadOnlyMemory<double> Values);
