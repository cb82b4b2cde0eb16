using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Fuzz;

/// <summary>xgboost's own files: UBJSON, JSON and the binary format, loaded as a model that answers.</summary>
internal sealed class XgboostTarget : IFuzzTarget
{
    private readonly LoadedAnswers _answers = new();

    /// <inheritdoc/>
    public string Name => "xgboost";

    /// <inheritdoc/>
    public int LongestInput => 2048;

    /// <summary>Besides the model a table over its columns, of which a file may state 2^24.</summary>
    public long MemoryFor(int length) => (80 << 20) + (1024L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/xgboost", "*", LongestInput);

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        try
        {
            return _answers.Run(BoosterFile.ReadXgboost(input), LoadedAnswers.Nowhere, null);
        }
        catch (ModelLoadException e)
        {
            return Outcome.Refused(e);
        }
    }
}
