using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>The rows of a request, as a kernel compares them with fitted rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="One">Memory for one of them with all its cells, where they are sparse and the fitted rows are not; else null.</param>
/// <param name="Scratch">The memory of the call, which counts the work; null where the caller does.</param>
internal readonly record struct ComparedRows(Block Rows, DenseBlock? One, Scratch? Scratch = null);
