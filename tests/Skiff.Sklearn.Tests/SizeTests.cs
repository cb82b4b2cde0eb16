using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>What a model says of its size, beside what it holds of the heap: fixtures whose parts are there many times.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SizeTests(ITestOutputHelper output)
{
    private const string Name = "The heap, alone";

    private static readonly Dictionary<string, Action<PyInstance>> Growth = new()
    {
        ["trees-three-forest-default"] = static root => AddTrees(root, "trees-three-forest-default", 7_000),
        ["trees-number-forest-default"] = static root => AddTrees(root, "trees-number-forest-default", 7_000),
        ["histogram-three-default"] = static root => Repeat(root, "_predictors", 10_000),
        ["svm-two-rbf"] = static root => AddVectors(root, 200_000),
        ["count-default"] = static root => AddTerms(root, 200_000),
        ["lightgbm-booster-number"] = static root => RepeatText(root, 6_000),
        ["xgboost-three-default"] = static root => RepeatJson(root, 3_000),
    };

    [Theory]
    [InlineData("trees-three-forest-default")]
    [InlineData("trees-number-forest-default")]
    [InlineData("histogram-three-default")]
    [InlineData("svm-two-rbf")]
    [InlineData("count-default")]
    [InlineData("lightgbm-booster-number")]
    [InlineData("xgboost-three-default")]
    public void Size_OfALargeModel_IsWithinTwiceOfWhatItHoldsOfTheHeap(string name)
    {
        // The pool gives back at times what others have left in it: the one in the middle knows nothing of that.
        var held = new long[3];
        var size = 0L;
        for (var i = 0; i < held.Length; i++)
        {
            (size, held[i]) = Measure(name);
        }

        System.Array.Sort(held);
        var middle = held[held.Length / 2];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {size} said, {string.Join(", ", held)} measured, {(double)size / middle:0.00}"));
        Assert.True(middle > 2 << 20, $"{middle} bytes are too few to be told from what else happens");
        Assert.InRange(size, middle / 2, middle * 2);
    }

    [Fact]
    public void Size_OfASmallModel_IsSmall() => Assert.InRange(Read("count-default", static _ => { }).Size, 1000, 100_000);

    // What becomes free when the model goes, not what is taken while it is made: reading leaves buffers of many sizes in the pool.
    private static (long Said, long Held) Measure(string name)
    {
        var holder = new SklearnModel?[1];
        var said = Fill(holder, name);
        var with = GC.GetTotalMemory(true);
        holder[0] = null;
        return (said, with - GC.GetTotalMemory(true));
    }

    // In a frame of its own, which holds nothing of the model once it has returned.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Fill(SklearnModel?[] holder, string name) => (holder[0] = Read(name, Growth[name])).Size;

    // In a frame of its own, which holds nothing of the file once it has returned.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SklearnModel Read(string name, Action<PyInstance> grow)
    {
        var fixture = Fixture.Read("1.9.0/" + name);
        var file = fixture.Artifacts[0];
        var document = ReadFile(name);
        grow((PyInstance)document.Root!);
        var source = new ModelSource { Directory = fixture.Directory, Artifacts = [file] };
        var artifacts = new ArtifactReader(source, PickleOptions.Default, default);
        artifacts.Add(file, document);
        return new ModelAssembly(source, artifacts, new ReadContext(new FunctionLibrary(source, SklearnOptions.Default))).Build();
    }

    private static PickleDocument ReadFile(string name)
    {
        var fixture = Fixture.Read("1.9.0/" + name);
        return PickleReader.Read(Path.Combine(fixture.Directory, fixture.Artifacts[0]));
    }

    // From the file each time: no model has the same trees again and again, and a file that says so is refused.
    private static void AddTrees(PyInstance root, string name, int trees)
    {
        var items = Items(root, "estimators_");
        while (items.Count < trees)
        {
            items.AddRange(Items((PyInstance)ReadFile(name).Root!, "estimators_"));
        }
    }

    private static List<object?> Items(PyInstance root, string name) =>
        ((PyList)root.Attributes.Entries.Single(e => e.Key is string key && key == name).Value!).Items;

    private static void Repeat(PyInstance root, string name, int times)
    {
        var items = Items(root, name);
        var once = items.ToArray();
        while (items.Count < times)
        {
            items.AddRange(once);
        }
    }

    private static void AddVectors(PyInstance root, int vectors)
    {
        var counts = Array(root, "_n_support").ToInt32s();
        var before = counts.Sum();
        var width = Array(root, "support_vectors_").Shape[1];
        counts = [vectors - counts[1], counts[1]];
        Assert.True(vectors > before);
        var random = new Random(1);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        Set(root, "_n_support", new NdArray(DType.Int32, [2], counts));
        Set(root, "support_", new NdArray(DType.Int32, [vectors], Enumerable.Range(0, vectors).ToArray()));
        Set(root, "support_vectors_", new NdArray(DType.Float64, [vectors, width], Numbers(vectors * width)));
        Set(root, "_dual_coef_", new NdArray(DType.Float64, [1, vectors], Numbers(vectors)));
        Set(root, "dual_coef_", new NdArray(DType.Float64, [1, vectors], Numbers(vectors)));
    }

    private static void AddTerms(PyInstance root, int terms)
    {
        var vocabulary = new PyDict();
        for (var i = 0L; i < terms; i++)
        {
            vocabulary.Entries.Add(new(string.Create(CultureInfo.InvariantCulture, $"term{i * 7919}"), i));
        }

        Set(root, "vocabulary_", vocabulary);
    }

    private static void RepeatText(PyInstance root, int times)
    {
        var text = (string)root.Attributes.Entries.Single(static e => e.Key is "_handle").Value!;
        var first = text.IndexOf("Tree=", StringComparison.Ordinal);
        var end = text.IndexOf("end of trees", StringComparison.Ordinal);
        var head = string.Join('\n', text[..first].Split('\n').Where(static line => !line.StartsWith("tree_sizes", StringComparison.Ordinal)));
        var trees = text[first..end].Split("Tree=", StringSplitOptions.RemoveEmptyEntries).Select(static tree => tree[tree.IndexOf('\n', StringComparison.Ordinal)..]).ToArray();
        var grown = new StringBuilder(head);
        for (var i = 0; i < times * trees.Length; i++)
        {
            grown.Append(CultureInfo.InvariantCulture, $"Tree={i}").Append(trees[i % trees.Length]);
        }

        Set(root, "_handle", grown.Append(text[end..]).ToString());
    }

    private static void RepeatJson(PyInstance root, int times)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Fixture.Folder, "1.9.0", "boosters-xgboost-three-json.xgb")))!;
        var model = json["learner"]!["gradient_booster"]!["model"]!;
        Multiply(model["trees"]!.AsArray(), times);
        Multiply(model["tree_info"]!.AsArray(), times);
        var count = model["trees"]!.AsArray().Count;
        model["gbtree_model_param"]!["num_trees"] = count.ToString(CultureInfo.InvariantCulture);
        model.AsObject().Remove("iteration_indptr");
        json["learner"]!["attributes"]!.AsObject().Remove("best_iteration");
        var booster = (PyInstance)root.Attributes.Entries.Single(static e => e.Key is "_Booster").Value!;
        Set(booster, "handle", Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static void Multiply(JsonArray array, int times)
    {
        var once = array.Select(static item => item!.DeepClone()).ToArray();
        for (var i = 1; i < times; i++)
        {
            foreach (var item in once)
            {
                array.Add(item.DeepClone());
            }
        }
    }

    private static NdArray Array(PyInstance root, string name) => (NdArray)root.Attributes.Entries.Single(e => e.Key is string key && key == name).Value!;

    private static void Set(PyInstance root, string name, object value)
    {
        var entries = root.Attributes.Entries;
        entries[entries.FindIndex(e => e.Key is string key && key == name)] = new(name, value);
    }
}
