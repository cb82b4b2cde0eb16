namespace Skiff.Numerics;

/// <summary>A compressed sparse row matrix, as scipy's <c>csr_matrix</c> and <c>csr_array</c> hold one.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="RowStarts">scipy's <c>indptr</c>: where each row starts, and where the last one ends; never falls.</param>
/// <param name="ColumnIndices">scipy's <c>indices</c>.</param>
/// <param name="Values">scipy's <c>data</c>.</param>
public sealed record Csr(int Rows, int Columns, int[] RowStarts, int[] ColumnIndices, double[] Values);
