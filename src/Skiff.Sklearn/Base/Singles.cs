using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What scikit-learn holds as float32: doubles here, each rounded to a float.</summary>
internal static class Singles
{
    /// <summary>Rounds every cell.</summary>
    public static void Round(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = (float)value;
        }
    }

    /// <summary>Rounds every cell of a block, and says so.</summary>
    public static void Round(DenseBlock block)
    {
        for (var row = 0; row < block.Rows; row++)
        {
            Round(block.Row(row));
        }

        block.IsSingle = true;
    }
}
