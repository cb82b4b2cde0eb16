using System.Collections.Concurrent;
using System.Globalization;
using Skiff.Models;

namespace Skiff.Server.Tests;

/// <summary>
/// Reads models from words in <c>model.joblib</c>: <c>text</c>, <c>matrix</c>, <c>frame</c>, <c>slow</c> (waits for <see cref="Gate"/> in every call),
/// <c>crash</c> (fails in every call), <c>hungry</c> (finds no memory in every call), <c>long</c> (works until its call is ended, or <see cref="Gate"/> lets it answer); anything else is refused. <c>size=5000</c> at the end is what the model keeps of memory, else 1000 bytes.
/// </summary>
internal sealed class FakeLoader : IModelLoader
{
    private int _loads;

    /// <summary>How often files were read.</summary>
    internal int Loads => Volatile.Read(ref _loads);

    /// <summary>Every model that was read, as long as it lives.</summary>
    internal ConcurrentQueue<WeakReference> Models { get; } = [];

    /// <summary>What the calls of slow models wait for.</summary>
    internal SemaphoreSlim Gate { get; } = new(0);

    /// <summary>Counts the calls that a slow model has begun.</summary>
    internal SemaphoreSlim Begun { get; } = new(0);

    /// <summary>Counts the calls of long models that were ended.</summary>
    internal SemaphoreSlim Ended { get; } = new(0);

    /// <summary>What loading waits for; null for nothing.</summary>
    internal ManualResetEventSlim? Hold { get; set; }

    /// <summary>Whether loading finds no memory.</summary>
    internal bool Starve { get; set; }

    public IModel Load(ModelSource source, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _loads);
        Hold?.Wait(cancellation);
        if (Starve)
        {
            throw new InsufficientMemoryException();
        }

        var words = File.ReadAllText(Path.Combine(source.Directory, source.Artifacts[0])).Split(' ');
        var model = Make(words);
        model = words[^1].StartsWith("size=", StringComparison.Ordinal) ? new SizedModel(model, long.Parse(words[^1][5..], CultureInfo.InvariantCulture)) : model;
        Models.Enqueue(new WeakReference(model));
        return model;
    }

    private IModel Make(string[] words) => words[0] switch
    {
        "text" => new TextModel(words.Length > 1 ? words[1] : "positive"),
        "matrix" => new MatrixModel(3),
        "free" => new MatrixModel(-1),
        "frame" => new FrameModel(),
        "slow" => new SlowModel(this),
        "crash" => new CrashModel(),
        "long" => new LongModel(this),
        "hungry" => new HungryModel(),
        _ => throw new ModelLoadException($"model.joblib: {words[0]} is not supported"),
    };
}
