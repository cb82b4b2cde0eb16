namespace Skiff.Fuzz;

/// <summary>
/// The readers of estimators: an input chooses one of the fixtures that scikit-learn wrote, and up to three changes of its attributes. The changed graph
/// goes through the whole loader; a model that comes of it answers twice.
/// </summary>
internal sealed class EstimatorTarget : IFuzzTarget
{
    private const int LargestFile = 3584;
    private static readonly string[] Releases = ["0.23.2", "1.9.0"];

    private readonly string[] _names = [.. Releases.SelectMany(Names)];
    private readonly Dictionary<string, MutableFixture?> _known = new(StringComparer.Ordinal);
    private readonly InputRandom _random = new();
    private readonly LoadedAnswers _answers = new();

    /// <inheritdoc/>
    public string Name => "estimators";

    /// <inheritdoc/>
    public int LongestInput => 32;

    /// <inheritdoc/>
    public long MemoryFor(int length) => 64 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => Enumerable.Range(0, _names.Length).Select(i => new byte[] { (byte)(i >> 8), (byte)i, 2, (byte)(7 * i), 0, (byte)i, 1, 2, 3, 4 });

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        _random.Begin(input);
        var name = _names[_random.Next(_names.Length)];
        if (!_known.TryGetValue(name, out var fixture))
        {
            _known.Add(name, fixture = MutableFixture.TryRead(name, _random));
            _random.Begin(input);
            _random.Next(_names.Length);
        }

        return fixture?.With(_random, changed => _answers.Run(changed.Root, changed.Source, changed.Input)) ?? new Outcome(false, 0);
    }

    // Of each family of fixtures the smallest file.
    private static IEnumerable<string> Names(string release) => SeedFiles.Paths($"tests/fixtures/{release}", "*.joblib", LargestFile)
        .Where(path => File.Exists(Path.ChangeExtension(path, ".json")))
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .DistinctBy(name => string.Join('-', name.Split('-').Take(2)))
        .Select(name => $"{release}/{name}");
}
