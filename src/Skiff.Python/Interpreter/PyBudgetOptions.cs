using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>What one call of a Python function may use up before it ends in <see cref="PyBudgetException"/>.</summary>
/// <remarks>
/// A step is about one statement, one turn of a loop or one call, and 10 to 50 ns; work over long texts counts in proportion.
/// The default of 5 million ends a loop without end in a fraction of a second, and is some thousand times what cleaning a page of text takes.
/// Bytes count what is made, not what is still held, so they also bound the work of copying.
/// </remarks>
public sealed record PyBudgetOptions
{
    /// <summary>The defaults.</summary>
    public static PyBudgetOptions Default { get; } = new();

    /// <summary>Steps a call may take.</summary>
    public long Steps { get; init; } = 5_000_000;

    /// <summary>Bytes a call may allocate.</summary>
    public long Bytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>How deep functions may call each other. CPython stops at 1,000; deeper than the machine's stack allows never goes.</summary>
    public int CallDepth { get; init; } = 256;
}
