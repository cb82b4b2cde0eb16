using Skiff.Models;

namespace Skiff.Server.Tests;

/// <summary>
/// Reads models from words in <c>model.joblib</c>: <c>text</c>, <c>matrix</c>, <c>frame</c>, <c>slow</c> (waits for <see cref="Gate"/> in every call),
/// <c>crash</c> (fails in every call); anything else is refused.
/// </summary>
internal sealed class FakeLoader : IModelLoader
{
    private int _loads;

    /// <summary>How often files were read.</summary>
    internal int Loads => Volatile.Read(ref _loads);

    /// <summary>What the calls of slow models wait for.</summary>
    internal SemaphoreSlim Gate { get; } = new(0);

    /// <summary>Counts the calls that a slow model has begun.</summary>
    internal SemaphoreSlim Begun { get; } = new(0);

    /// <summary>What loading waits for; null for nothing.</summary>
    internal ManualResetEventSlim? Hold { get; set; }

    public IModel Load(ModelSource source, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _loads);
        Hold?.Wait(cancellation);
        var words = File.ReadAllText(Path.Combine(source.Directory, source.Artifacts[0])).Split(' ');
        return words[0] switch
        {
            "text" => new TextModel(words.Length > 1 ? words[1] : "positive"),
            "matrix" => new MatrixModel(3),
            "free" => new MatrixModel(-1),
            "frame" => new FrameModel(),
            "slow" => new SlowModel(this),
            "crash" => new CrashModel(),
            _ => throw new ModelLoadException($"model.joblib: {words[0]} is not supported"),
        };
    }
}
