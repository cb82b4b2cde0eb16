using System.Globalization;
using System.Text;
using Skiff.Models;
using Skiff.Pickle;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>Whatever a model text of lightgbm says, it is refused in words or it answers.</summary>
public sealed class LgbmTests(ITestOutputHelper output)
{
    private const int ChangesOfEach = 60;

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("SKIFF_SEED"), out var seed) ? seed : Environment.TickCount;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SKIFF_ROUNDS"), out var rounds) ? rounds : 1;

    [Theory]
    [InlineData("lightgbm-two-stumps")]
    [InlineData("lightgbm-three-deep")]
    [InlineData("lightgbm-number-forest")]
    [InlineData("lightgbm-number-linear")]
    [InlineData("lightgbm-number-zeros-zero")]
    public void Run_ARowOnceMore_AllocatesNothing(string name)
    {
#if DEBUG
        Assert.Skip($"{name} needs a Release build: without optimisation the JIT boxes");
#else
        var model = Read(Root($"1.9.0/{name}"));
        var scratch = new Scratch();
        var results = new Results();
        var allocated = long.MaxValue;
        for (var i = 0; i < 50; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var x = scratch.Dense(1, model.FeatureCount);
            x.Row(0).Fill(0.25);
            model.Run(model.Methods, x, scratch, results);
            results.Clear();
            scratch.Reset();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
#endif
    }

    [Fact]
    public void Read_TextsThatWereDamaged_AreRefusedOrAnswer()
    {
        output.WriteLine($"SKIFF_SEED={Seed.ToString(CultureInfo.InvariantCulture)}");
        var random = new Random(Seed);
        var answered = 0;
        foreach (var text in Texts())
        {
            for (var i = 0; i < ChangesOfEach * Rounds; i++)
            {
                answered += Try(Damage(text, random)) ? 1 : 0;
            }
        }

        output.WriteLine($"{answered} answered");
    }

    [Fact]
    public void Read_TextsThatAreCutShort_AreRefusedOrAnswer()
    {
        foreach (var text in Texts())
        {
            Assert.True(Try(text));
            for (var length = 0; length < text.Length; length += 1 + (text.Length / 200))
            {
                Try(text[..length]);
            }
        }
    }

    [Theory]
    [InlineData("tree\n", "trees\n", "does not begin with 'tree'")]
    [InlineData("version=v4", "version=v5", "the head: 'version' is 'v5'; v2 to v4 are read")]
    [InlineData("version=v4\n", "", "written by lightgbm before 2.1")]
    [InlineData("objective=multiclass", "objective=mine", "the objective 'mine' is unknown")]
    [InlineData("objective=multiclass", "objective=binary", "the objective 'binary' has one output; there are 3")]
    [InlineData("objective=multiclass num_class:3", "objective=multiclass num_class:4", "has 4 outputs; there are 3")]
    [InlineData("num_class=3", "num_class=2147483647", "the head: 'num_class' is 2147483647")]
    [InlineData("num_class=3", "num_class=2", "'num_tree_per_iteration' is 3, 'num_class' 2")]
    [InlineData("max_feature_idx=3", "max_feature_idx=2147483647", "'max_feature_idx' is 2147483647")]
    [InlineData("max_feature_idx=3", "max_feature_idx=9", "'feature_names' holds 4 words for 10 columns")]
    [InlineData("tree_sizes=", "tree_sizes=1 ", "'tree_sizes' names")]
    [InlineData("end of trees", "", "'end of trees' is missing")]
    [InlineData("num_leaves=6", "num_leaves=1000000000", "tree 0: 'leaf_value' holds fewer than 1000000000 numbers")]
    [InlineData("num_leaves=6", "num_leaves=7", "tree 0: 'leaf_value' holds 6 numbers; 7 are expected")]
    [InlineData("num_leaves=6", "num_leaves=0", "tree 0: 'num_leaves' is 0")]
    [InlineData("num_cat=0", "num_cat=2147483646", "tree 0: 'cat_boundaries' is missing")]
    [InlineData("num_cat=0", "num_cat=1\ncat_boundaries=0 -1\ncat_threshold=1", "tree 0: 'cat_boundaries' holds -1 at 1")]
    [InlineData("num_cat=0", "num_cat=1\ncat_boundaries=0 99999999\ncat_threshold=1", "tree 0: 'cat_threshold' holds fewer than 99999999")]
    [InlineData("left_child=", "left_child=99 ", "tree 0: 'left_child' holds more than 5 numbers")]
    [InlineData("left_child=1", "left_child=0", "tree 0: node 0 is reached twice")]
    [InlineData("left_child=1", "left_child=5", "tree 0: 'left_child' holds 5 at split 0; there are 5 splits and 6 leaves")]
    [InlineData("left_child=1", "left_child=-7", "tree 0: 'left_child' holds -7 at split 0")]
    [InlineData("left_child=1", "left_child=x", "tree 0: 'left_child' holds 'x', which is no such number")]
    [InlineData("threshold=", "threshold=nan ", "tree 0: 'threshold' holds more than 5 numbers")]
    [InlineData("decision_type=2", "decision_type=1", "tree 0: 'threshold' names the set")]
    [InlineData("split_feature=", "split_features=", "tree 0: 'split_feature' is missing")]
    [InlineData("split_feature=0", "split_feature=4", "looks at column 4; there are 4 columns")]
    [InlineData("is_linear=0", "is_linear=1", "tree 0: 'num_features' is missing")]
    [InlineData("is_linear=0", "is_linear=1\nnum_features=2147483647 2147483647 0 0 0 0", "tree 0: 'num_features' counts 4294967294 columns")]
    [InlineData("is_linear=0", "is_linear=1\nnum_features=1 0 0 0 0 0\nleaf_const=0 0 0 0 0 0\nleaf_features=4\nleaf_coeff=1", "leaf 0 looks at column 4; there are 4 columns")]
    public void Load_AModelThatDoesNotFitItself_NamesWhatDoesNot(string before, string after, string expected)
    {
        var text = Handle("1.9.0/lightgbm-three-default");
        var at = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(at >= 0, $"there is no '{before}' in\n{text[..1500]}");
        var e = Assert.Throws<ModelLoadException>(() => ReadBooster(string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length))));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnEstimatorThatIsNotFitted_SaysSo()
    {
        var estimator = new PyInstance(new PyGlobal("lightgbm.sklearn", "LGBMClassifier"), []);
        var missing = Assert.Throws<ModelLoadException>(() => Read(estimator));
        Assert.Contains("'_Booster' is missing: the estimator is not fitted; call fit", missing.Message, StringComparison.Ordinal);

        estimator.Attributes.Entries.Add(KeyValuePair.Create<object?, object?>("_Booster", null));
        var none = Assert.Throws<ModelLoadException>(() => Read(estimator));
        Assert.Contains("the estimator is not fitted", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnEstimatorThatStopsEarlyOnRows_IsRefused()
    {
        var estimator = Root("1.9.0/lightgbm-two-default");
        estimator.Attributes.Entries.Add(KeyValuePair.Create<object?, object?>("pred_early_stop", true));
        var e = Assert.Throws<ModelLoadException>(() => Read(estimator));
        Assert.Contains("'pred_early_stop' is set", e.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts() => Fixture.Names
        .Where(name => name.Contains("/lightgbm-booster-", StringComparison.Ordinal) || name.EndsWith("lightgbm-number-linear", StringComparison.Ordinal)
            || name.Contains("/lightgbm-codes-", StringComparison.Ordinal))
        .Select(Handle);

    private static string Handle(string name)
    {
        var root = Root(name);
        var booster = root.Attributes.TryGetValue("_Booster", out var inner) ? (PyInstance)inner! : root;
        return (string)(booster.Attributes.TryGetValue("_handle", out var handle) || booster.Attributes.TryGetValue("handle", out handle) ? handle! : string.Empty);
    }

    private static string Damage(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        switch (random.Next(3))
        {
            case 0:
                // A digit for a digit keeps the document whole and changes what it says.
                var end = text.IndexOf("end of trees", StringComparison.Ordinal);
                var digits = Enumerable.Range(0, end < 0 ? text.Length : end).Where(at => char.IsAsciiDigit(text[at])).ToArray();
                for (var i = 0; i < 3 && digits.Length > 0; i++)
                {
                    damaged[digits[random.Next(digits.Length)]] = (char)('0' + random.Next(10));
                }

                return damaged.ToString();
            case 1:
                var lines = text.Split('\n');
                var moved = lines[random.Next(lines.Length)];
                lines[random.Next(Math.Min(lines.Length, 60))] = moved;
                return string.Join('\n', lines);
            default:
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    damaged[random.Next(damaged.Length)] = "= \n-019x\r\0"[random.Next(10)];
                }

                return damaged.ToString();
        }
    }

    private static bool Try(string text)
    {
        try
        {
            var booster = ReadBooster(text);
            var scratch = new Scratch();
            var x = scratch.Dense(3, Math.Min(booster.FeatureCount, 1 << 16));
            x.Values.Fill(0.5);
            x.Row(1).Fill(double.NaN);
            x.Row(2).Fill(-1e30);
            booster.Run(Methods.Predict, x, scratch, new Results());
            return true;
        }
        catch (Exception e) when (e is ModelLoadException or InputException)
        {
            Assert.NotEmpty(e.Message);
            return false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Assert.Fail($"SKIFF_SEED={Seed}: {e}");
            return false;
        }
    }

    private static PyInstance Root(string name)
    {
        var fixture = Fixture.Read(name);
        return (PyInstance)PickleReader.Read(Path.Combine(fixture.Directory, fixture.Artifacts[0])).Root!;
    }

    private static Estimator ReadBooster(string text)
    {
        var booster = new PyInstance(new PyGlobal("lightgbm.basic", "Booster"), []);
        booster.Attributes.Entries.Add(KeyValuePair.Create<object?, object?>("_handle", text));
        return Read(booster);
    }

    private static Estimator Read(PyInstance estimator)
    {
        var source = new ModelSource { Directory = ".", Artifacts = ["model.joblib"] };
        return new ReadContext(new FunctionLibrary(source, SklearnOptions.Default)).ReadEstimator(estimator, string.Empty);
    }
}
