using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What a booster adds up for a row, before its objective makes an answer of it. Every sum is float32, as in xgboost.</summary>
/// <param name="features">How many columns a row has.</param>
/// <param name="bias">Where the sum of each output starts.</param>
/// <param name="policy">What is refused in rows, and what is missing in them.</param>
internal abstract class BoosterMargins(int features, float[] bias, InputPolicy policy)
{
    /// <summary>How many columns a row has.</summary>
    public int Features => features;

    /// <summary>How many numbers a row has.</summary>
    public int Outputs => bias.Length;

    /// <summary>About how many bytes of memory it keeps.</summary>
    public abstract long Size { get; }

    /// <summary>Where the sum of each output starts.</summary>
    protected float[] Bias => bias;

    /// <summary>What is refused in rows, and what is missing in them.</summary>
    protected InputPolicy Policy => policy;

    /// <summary>The margins of every row.</summary>
    /// <exception cref="InputException">A row is refused.</exception>
    public abstract DenseBlock Run(Block x, Scratch scratch);

    /// <summary>Fills every row with the same numbers.</summary>
    protected static void Fill(DenseBlock y, ReadOnlySpan<float> values)
    {
        for (var row = 0; row < y.Rows; row++)
        {
            var to = y.Row(row);
            for (var k = 0; k < to.Length; k++)
            {
                to[k] = values[k];
            }
        }
    }
}
