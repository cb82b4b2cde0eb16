using Skiff.Models;

namespace Skiff.Cli;

/// <summary>Rows that a file holds, one after the other, in constant memory.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>The line, from 1, on which the row begins that was written last, or is being written.</summary>
    public long Line { get; protected set; }

    /// <summary>Writes the next row.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="InputException">The row is not what the model takes.</exception>
    /// <exception cref="CommandException">The file is not what it should be.</exception>
    public abstract bool TryWrite(TableWriter writer);

    /// <inheritdoc/>
    public abstract void Dispose();
}
