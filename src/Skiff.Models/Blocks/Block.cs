namespace Skiff.Models;

/// <summary>How a <see cref="Block"/> holds its cells.</summary>
public enum BlockKind
{
    /// <summary><see cref="DenseBlock"/>.</summary>
    Dense,

    /// <summary><see cref="CsrBlock"/>.</summary>
    Csr,

    /// <summary><see cref="TextBlock"/>.</summary>
    Text,

    /// <summary><see cref="FrameBlock"/>.</summary>
    Frame,
}

/// <summary>Rows of cells of one kind, on memory that a <see cref="Scratch"/> owns.</summary>
public abstract class Block
{
    private protected Block()
    {
    }

    /// <summary>How it holds its cells.</summary>
    public abstract BlockKind Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; protected set; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; protected set; }

    /// <summary>Whether the numbers are float32 in scikit-learn: they are held as doubles here, each rounded to a float.</summary>
    public bool IsSingle { get; set; }

    internal abstract void Trim(int maximumBytes);
}
