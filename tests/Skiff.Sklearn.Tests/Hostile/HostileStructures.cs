using System.Buffers.Binary;
using System.Text;
using Skiff.TestKit.Pickles;
using static Skiff.Sklearn.Tests.Hostile.HostileModels;
using static Skiff.TestKit.Pickles.PickleAssembler;
using static Skiff.TestKit.Pickles.PickleValue;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>Files whose structure lies: lengths, depths, references, indices, and other formats in disguise.</summary>
internal static class HostileStructures
{
    private const string Exhausts = "MemoryError, or the kernel ends the process";
    private const string Refused = "UnpicklingError";

    public static IEnumerable<HostileFile> All => [.. Lengths, .. Shapes, .. Indices, .. Disguises];

    private static IEnumerable<HostileFile> Lengths =>
    [
        new("protocol-twice.pkl", "loads; its readers disagree on what follows", _ => [0x80, 4, 0x80, 4, (byte)'N', (byte)'.']),
        new("frame-within-opcode.pkl", "loads in C, fails in Python", _ => [0x80, 4, 0x95, 2, 0, 0, 0, 0, 0, 0, 0, (byte)'M', 1, 0, (byte)'.']),
        new("frame-in-frame.pkl", "loads in C, fails in Python", _ => [0x80, 4, 0x95, 12, 0, 0, 0, 0, 0, 0, 0, 0x95, 1, 0, 0, 0, 0, 0, 0, 0, (byte)'N', (byte)'.', (byte)'.']),
        new("bytes-of-an-exabyte.pkl", Exhausts, _ => [0x80, 4, 0x8E, 0, 0, 0, 0, 0, 0, 0, 0x10]),
        new("integer-of-2-gigabytes.pkl", Exhausts, _ => [0x80, 2, 0x8B, 0xFF, 0xFF, 0xFF, 0x7F, 1]),
        new("integer-of-a-million-digits.pkl", "minutes of arithmetic", _ => new PickleAssembler().Ascii("L").Repeat(1_000_000, (byte)'9').Ascii("L\n.").ToArray()),
        new("memo-far-away.pkl", "allocates 32 GB for one entry (before 3.15)", _ => new PickleAssembler().Raw(0x80, 2).Value(Logistic()).Raw((byte)'r', 0xFF, 0xFF, 0xFF, 0xFF).Ascii(".").ToArray()),
        new("memo-of-one-bucket.pkl", "loads", _ => OneBucket()),
        new("memo-flood.pkl", "loads", _ => new PickleAssembler().Raw(0x80, 4).Ascii("N").Repeat(1_000_000, 0x94).Ascii(".").ToArray()),
        new("marks-flood.pkl", Refused, _ => new PickleAssembler().Raw(0x80, 4).Repeat(1_000_000, (byte)'(').Ascii(".").ToArray()),
        new("nested-tuples.pkl", "RecursionError, or the stack ends the process", _ => new PickleAssembler().Raw(0x80, 2).Ascii(")").Repeat(500_000, 0x85).Ascii(".").ToArray()),
        new("nested-dicts.pkl", "RecursionError, or the stack ends the process", _ => new PickleAssembler().Raw(0x80, 2).Repeat(100_000, (byte)'}', (byte)'N').Ascii("N").Repeat(100_000, (byte)'s').Ascii(".").ToArray()),
        new("nested-pipelines.pkl", "RecursionError", _ => Whole(Nested(150))),
        new("list-doubled.pkl", "two to the power of 40 items to whoever walks it", _ => Whole(Logistic(("coef_", Doubled(40))))),
        new("list-in-itself.pkl", "RecursionError to whoever walks it", _ => Whole(Logistic(("coef_", (Action<PickleAssembler>)(pickle => pickle.Raw((byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a')))))),
    ];

    private static IEnumerable<HostileFile> Shapes =>
    [
        new("array-of-500-million.joblib", Exhausts, _ => Whole(Logistic(("coef_", Joblib("f8", [500_000_000], []))))),
        new("array-beyond-64-bits.pkl", "ValueError", _ => Whole(Logistic(("coef_", Array(Type("f8", "<"), [int.MaxValue, int.MaxValue, int.MaxValue], "x"u8.ToArray()))))),
        new("array-without-bytes.pkl", "loads", _ => Whole(Logistic(("coef_", Array(Type("S0", "|"), [2_000_000_000], System.Array.Empty<byte>()))))),
        new("sparse-of-200-million.pkl", Exhausts, _ => Whole(Logistic(("coef_", Sparse(200_000_000)), ("n_features_in_", 16_000_000)))),
        new("features-of-2-billion.pkl", "loads", _ => Whole(Logistic(("n_features_in_", int.MaxValue)))),
        new("union-doubled.pkl", "never ends", _ => Whole(Union(30))),
        new("pipeline-doubled.pkl", "never ends", _ => Whole(Twice(30))),
        new("forest-of-one-tree.pkl", "answers, slowly", _ => Whole(Forest([.. Enumerable.Repeat<object?>(new PickleShared(Leaves()), 1_000_000)]))),

        // The same nodes may be used for eight megabytes beyond their number of uses, and a tree of them is some times as large.
        new("forest-of-one-array.pkl", "answers, slowly", _ => Whole(SharedNodes(20_000))) { MaximumBytes = 96L << 20 },
        new("long-names.pkl", "loads", _ => Whole(Nested(30, new string('n', 9_000)))),
        new("longer-names.pkl", "loads", _ => Whole(Nested(30, new string('n', 1_000_000)))),
        new("unknown-steps.pkl", "ModuleNotFoundError", _ => Whole(Pipeline([.. Enumerable.Range(0, 200).Select(i => ((object)$"s{i}", (object?)Object("own", $"Step{i}")))]))),
        new("words-of-one-hash.pkl", "loads", _ => Whole(Flooded())) { Text = "great" },
        new("categories-of-one-hash.pkl", "loads", _ => Whole(Categories())),
    ];

    private static IEnumerable<HostileFile> Indices =>
    [
        new("tree-sound.pkl", "answers", _ => Whole(Tree((1, 2, 0, 0.5), (-1, -1, -2, -2), (-1, -1, -2, -2)))),
        new("tree-in-a-circle.pkl", "never ends", _ => Whole(Tree((0, 0, 0, 0.5), (-1, -1, -2, -2), (-1, -1, -2, -2)))),
        new("tree-child-outside.pkl", "reads beyond its memory, or ends the process", _ => Whole(Tree((1, 1_000_000, 0, 0.5), (-1, -1, -2, -2), (-1, -1, -2, -2)))),
        new("tree-child-negative.pkl", "reads before its memory, or ends the process", _ => Whole(Tree((1, -1_000_000, 0, 0.5), (-1, -1, -2, -2), (-1, -1, -2, -2)))),
        new("tree-column-outside.pkl", "reads beyond its memory, or ends the process", _ => Whole(Tree((1, 2, 1_000_000, 0.5), (-1, -1, -2, -2), (-1, -1, -2, -2)))),
        new("tree-threshold-nan.pkl", "answers with the right side", _ => Whole(Tree((1, 2, 0, double.NaN), (-1, -1, -2, -2), (-1, -1, -2, -2)))),
        new("svm-counts.pkl", "ends the process (CVE-2020-28975)", _ => Whole(Svm(("_n_support", Counts(1_000_000, 1))))),
        new("svm-counts-negative.pkl", "ends the process", _ => Whole(Svm(("_n_support", Counts(-1_000_000, 1_000_002))))),
        new("svm-sound.pkl", "answers", _ => Whole(Svm())),
        new("words-outside.pkl", "reads beyond its memory, or IndexError", _ => Whole(Words(("vocabulary_", new Dictionary<string, object?> { ["good"] = 0, ["great"] = 1_000_000 })))) { Text = "great" },
    ];

    private static IEnumerable<HostileFile> Disguises =>
    [
        new("zip-of-torch.pkl", "runs what is within, where torch loads it", made => Zip("archive/data.pkl", Whole(Call("posix", "system", $"touch {made}")))),
        new("skops.pkl", "runs what is within, by tricks (CVE-2025-54412)", _ => Zip("schema.json", Encoding.UTF8.GetBytes("{}"))),
        new("tar.pkl", "runs what is within, where torch's old loader reads it", _ => [.. Encoding.ASCII.GetBytes("model/weights.pkl"), .. new byte[83], .. Encoding.ASCII.GetBytes("0000644\0"), .. new byte[404]]),
        new("pickle-then-zip.pkl", "is a pickle to one reader and an archive to another", _ => [.. Whole(Logistic()), .. Zip("a", [1])]),
        new("numpy.pkl", "runs what is within (allow_pickle)", made => [0x93, .. Encoding.ASCII.GetBytes("NUMPY\u0001\0v\0{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n"), .. Whole(Call("posix", "system", $"touch {made}"))]),
    ];

    private static byte[] OneBucket()
    {
        // The multiples of one prime that .NET's tables have as their size.
        const int Prime = 130_363;
        var pickle = new PickleAssembler().Raw(0x80, 2).Value(Logistic());
        Span<byte> put = stackalloc byte[5];
        put[0] = (byte)'r';
        for (var i = 1; i <= 30_000; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(put[1..], (uint)i * Prime);
            pickle.Raw(put);
        }

        return pickle.Ascii(".").ToArray();
    }

    private static PickleCall Nested(int depth, string name = "inner")
    {
        var shared = new PickleShared(name);
        var inner = Logistic();
        for (var i = 0; i < depth; i++)
        {
            inner = Pipeline((shared, inner));
        }

        return inner;
    }

    private static PickleShared Doubled(int levels)
    {
        var inner = new PickleShared(new List<object?> { 1 });
        for (var i = 0; i < levels; i++)
        {
            inner = new PickleShared(new List<object?> { inner, inner });
        }

        return inner;
    }

    private static PickleShared Union(int levels)
    {
        var inner = new PickleShared(Vectorizer());
        for (var i = 0; i < levels; i++)
        {
            inner = new PickleShared(Estimator(
                "sklearn.pipeline",
                "FeatureUnion",
                [("transformer_list", new List<object?> { new object?[] { "a", inner }, new object?[] { "b", inner } }), ("transformer_weights", null), ("n_jobs", null)]));
        }

        return inner;
    }

    private static PickleShared Twice(int levels)
    {
        var inner = new PickleShared(Estimator("sklearn.preprocessing._data", "MaxAbsScaler", [("scale_", Numbers([2], 1, 1)), ("max_abs_", Numbers([2], 1, 1)), ("n_features_in_", 2)]));
        for (var i = 0; i < levels; i++)
        {
            inner = new PickleShared(Pipeline(("a", inner), ("b", inner)));
        }

        return inner;
    }

    private static PickleCall Leaves() => Tree((1, 2, 0, 0.5), (-1, -1, -2, -2), (-1, -1, -2, -2));

    private static PickleCall SharedNodes(int trees)
    {
        var nodes = new (long, long, long, double)[2_001];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = i < 1_000 ? ((2 * i) + 1, (2 * i) + 2, 0, i) : (-1, -1, -2, -2);
        }

        var tree = new PickleShared(TreeOf(nodes));
        return Forest([.. Enumerable.Range(0, trees).Select(_ => Estimator(
            "sklearn.tree._classes",
            "DecisionTreeClassifier",
            [("tree_", tree), ("classes_", Integers(0, 1)), ("n_classes_", 2), ("n_outputs_", 1), ("n_features_in_", 2)]))]);
    }

    private static PickleCall Sparse(int columns) => Object(
        "scipy.sparse._csr",
        "csr_matrix",
        ("_shape", new object?[] { 1, columns }),
        ("data", Numbers([0])),
        ("indices", Counts()),
        ("indptr", Counts(0, 0)),
        ("maxprint", 50));

    private static PickleCall Flooded()
    {
        var words = HashFlood.Words(20_000);
        var vocabulary = words.Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => (object?)pair.i);
        vocabulary["good"] = words.Count;
        vocabulary["great"] = words.Count + 1;
        return Vectorizer(("vocabulary_", vocabulary));
    }

    private static PickleCall Categories() => Estimator(
        "sklearn.preprocessing._encoders",
        "OrdinalEncoder",
        [
            ("categories_", new List<object?> { Numbers([100_000], [.. HashFlood.Numbers(100_000)]) }), ("n_features_in_", 1), ("handle_unknown", "error"),
            ("unknown_value", null), ("encoded_missing_value", double.NaN), ("dtype", new PickleName("numpy", "float64")), ("_missing_indices", new Dictionary<string, object?>()),
        ]);

    private static byte[] Zip(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name, System.IO.Compression.CompressionLevel.NoCompression).Open();
            entry.Write(content);
        }

        return bytes.ToArray();
    }
}
