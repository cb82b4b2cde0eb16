using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Fuzz;

/// <summary>lightgbm's model text, loaded as a model that answers.</summary>
internal sealed class LightGbmTarget : IFuzzTarget
{
    private readonly LoadedAnswers _answers = new();

    /// <inheritdoc/>
    public string Name => "lightgbm";

    /// <inheritdoc/>
    public int LongestInput => 2048;

    /// <summary>Besides the model two tables over its columns, of which a file may state 2^24.</summary>
    public long MemoryFor(int length) => (144 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/lightgbm", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        try
        {
            return _answers.Run(BoosterFile.ReadText(System.Text.Encoding.UTF8.GetString(input)), LoadedAnswers.Nowhere, null);
        }
        catch (ModelLoadException e)
        {
            return Outcome.Refused(e);
        }
    }
}
