namespace Skiff.Python.Regex;

/// <summary>
/// A place of the program at which the matcher may note where it has been. Loops around it whose body may be empty belong to the note:
/// what follows depends on whether their iteration has moved.
/// </summary>
/// <param name="FirstRow">The first row of notes; as many as the loops around it make states follow.</param>
/// <param name="Registers">The registers of the places where the iterations around it started.</param>
internal sealed record MemoPoint(int FirstRow, int[] Registers)
{
    /// <summary>The row of the state in which every loop around has moved.</summary>
    internal int MovedRow => FirstRow + (1 << Registers.Length) - 1;

    /// <summary>The row of places that a lazy loop has grown over.</summary>
    internal int GrownRow => MovedRow + 1;

    internal int Rows => (1 << Registers.Length) + 1;
}
