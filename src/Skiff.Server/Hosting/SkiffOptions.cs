namespace Skiff.Server;

/// <summary>What is asked of a server: where models are, and how much a request may take. docs/configuration.md lists how each is set.</summary>
public sealed class SkiffOptions
{
    /// <summary>The folder that holds one model or many. It need not exist yet.</summary>
    public string Registry { get; set; } = "registry";

    /// <summary>The name of the model where the registry's root is one, and of the one that answers where several are served and none is named.</summary>
    public string ModelName { get; set; } = "default";

    /// <summary>How long a model's files must have been still before they are read, unless <c>metadata.json</c> holds their sums.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the registry is looked through, beside being told of changes.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether links out of the registry are followed.</summary>
    public bool FollowLinks { get; set; }

    /// <summary>Further folders in which the source of Python functions is looked for.</summary>
    public IReadOnlyList<string> PythonPath { get; set; } = [];

    /// <summary>Where single functions are found: <c>__main__.f</c> to <c>path.py:f</c>.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; set; } = new Dictionary<string, string>();

    /// <summary>The largest body of a request, in bytes.</summary>
    public long MaxBodyBytes { get; set; } = 32L << 20;

    /// <summary>
    /// How many bytes of bodies are held at the same time, while they come and wait for their turn, beyond the first 4096 of each; 0 for a quarter of
    /// the container's memory.
    /// </summary>
    public long MaxBufferedBytes { get; set; }

    /// <summary>How long a request may take until its answer is there: its body, a version that is being read, its turn, and the prediction itself.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many predictions run at the same time; 0 for twice the number of processors.</summary>
    public int MaxConcurrency { get; set; }

    /// <summary>How many predictions may wait for their turn.</summary>
    public int MaxQueue { get; set; } = 1024;

    /// <summary>How long a prediction should wait for its turn at most: one that would wait longer is refused at once.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many versions stay in memory beside those that serve, after they were asked for by name.</summary>
    public int LoadedVersions { get; set; } = 4;

    /// <summary>When models are read.</summary>
    public LoadMode Load { get; set; }

    /// <summary>
    /// How many bytes the versions in memory may take, about; 0 for any number. Those used last stay. Where models are read when the server starts, the
    /// versions that serve stay in any case.
    /// </summary>
    public long MemoryBudget { get; set; }

    /// <summary>What all paths begin with, for instance <c>/models-api</c>; empty for nothing.</summary>
    public string PathPrefix { get; set; } = string.Empty;

    /// <summary>How many predictions run at the same time, as a number.</summary>
    internal int Concurrency => MaxConcurrency > 0 ? MaxConcurrency : Environment.ProcessorCount * 2;
}
