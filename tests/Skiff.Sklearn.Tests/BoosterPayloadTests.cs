using System.Globalization;
using System.Text;
using Skiff.Models;
using Skiff.Pickle;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>Whatever the bytes of a booster say, they are refused in words or the booster answers.</summary>
public sealed class BoosterPayloadTests(ITestOutputHelper output)
{
    private const int ChangesOfEach = 60;

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("SKIFF_SEED"), out var seed) ? seed : Environment.TickCount;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SKIFF_ROUNDS"), out var rounds) ? rounds : 1;

    [Fact]
    public void Read_BytesThatWereDamaged_AreRefusedOrAnswer()
    {
        output.WriteLine($"SKIFF_SEED={Seed.ToString(CultureInfo.InvariantCulture)}");
        var random = new Random(Seed);
        var answered = 0;
        foreach (var bytes in Payloads())
        {
            for (var i = 0; i < ChangesOfEach * Rounds; i++)
            {
                answered += Try(Damage(bytes, random)) ? 1 : 0;
            }
        }

        output.WriteLine($"{answered} answered");
    }

    [Fact]
    public void Read_BytesThatAreCutShort_AreRefused()
    {
        foreach (var bytes in Payloads().Where(bytes => !bytes.AsSpan().StartsWith("CONFIG-offset:"u8)).Take(8))
        {
            Assert.True(Try(bytes));
            for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 300))
            {
                try
                {
                    BoosterPayload.Read(bytes.AsSpan(0, length));
                    Assert.NotEqual((byte)'{', bytes[0]);
                }
                catch (PayloadException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            }
        }
    }

    [Theory]
    [InlineData("{}", "'learner' is missing")]
    [InlineData("{", "not JSON|not UBJSON")]
    [InlineData("{\"learner\":[]}", "'learner' does not hold an object")]
    [InlineData("{\"learner\":{\"learner_model_param\":{}}}", "'learner.gradient_booster' is missing")]
    [InlineData("[1,2]", "ends too early")]
    [InlineData("{L\0\0\0\0\0\0\0\u0001a[$d#L\u007f\0\0\0\0\0\0\0", "more than there is")]
    [InlineData("{L\0\0\0\0\0\0\0\u0001a[#L\0\0\0\0\u007f\0\0\0", "more than there is")]
    [InlineData("{L\u007f\0\0\0\0\0\0\u0001a", "more than there is")]
    [InlineData("{L\0\0\0\0\0\0\0\u0001aX}", "unknown type 88")]
    [InlineData("CONFIG-offset:\u0007\0\0\0\0\0\0\0abc", "which is more than there is")]
    [InlineData("", "it is empty")]
    public void Read_MalformedBytes_SaysWhatIsWrong(string text, string expected)
    {
        var e = Assert.Throws<PayloadException>(() => BoosterPayload.Read(Encoding.Latin1.GetBytes(text)));
        Assert.Contains(expected.Split('|'), part => e.Message.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Read_DeepNesting_IsRefused(char bracket)
    {
        var json = "{\"a\":" + string.Concat(Enumerable.Repeat(bracket == '[' ? "[" : "{\"a\":", 100_000));
        Assert.Throws<PayloadException>(() => BoosterPayload.Read(Encoding.Latin1.GetBytes(json)));

        var key = "L\0\0\0\0\0\0\0\u0001a";
        var ubjson = "{" + key + string.Concat(Enumerable.Repeat(bracket == '[' ? "[" : "{" + key, 100_000));
        var e = Assert.Throws<PayloadException>(() => BoosterPayload.Read(Encoding.Latin1.GetBytes(ubjson)));
        Assert.Contains("nested more than", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"objective\":{\"name\":\"multi:softprob\"", "\"objective\":{\"name\":\"reg:mine\"", "the objective 'reg:mine' is unknown")]
    [InlineData("\"name\":\"gbtree\"", "\"name\":\"gbforest\"", "gbtree, dart or gblinear")]
    [InlineData("\"num_feature\":\"4\"", "\"num_feature\":\"2147483647\"", "it has 2147483647 columns")]
    [InlineData("\"num_feature\":\"4\"", "\"num_feature\":\"1\"", "looks at column")]
    [InlineData("\"num_class\":\"3\"", "\"num_class\":\"2147483647\"", "outputs")]
    [InlineData("\"num_class\":\"3\"", "\"num_class\":\"2\"", "adds to output 2; there are 2")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[0,", "node 0 is reached twice")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[99999,", "the child 99999")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[", "does not hold one item for each of")]
    [InlineData("\"tree_info\":[0,", "\"tree_info\":[-1,", "adds to output -1")]
    [InlineData("\"base_score\":\"", "\"base_score\":\"NaN,", "'base_score' has 2 numbers")]
    [InlineData("\"base_score\":\"", "\"base_score\":\"x", "does not hold numbers")]
    [InlineData("\"version\":[", "\"version\":[9", "newer than this server")]
    public void Load_AModelThatDoesNotFitItself_NamesWhatDoesNot(string before, string after, string expected)
    {
        var name = Fixture.Names.First(n => n.EndsWith("xgboost-form-three-json", StringComparison.Ordinal) && n.StartsWith("1.4.2", StringComparison.Ordinal));
        var text = Encoding.Latin1.GetString(Handle(name));
        Assert.Contains(before, text, StringComparison.Ordinal);
        var e = Assert.Throws<ModelLoadException>(() => ReadBooster(Encoding.Latin1.GetBytes(text.Replace(before, after, StringComparison.Ordinal))));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AThresholdThatNoValueIsBelow_SendsEveryValueToTheRight()
    {
        var name = Fixture.Names.First(n => n.EndsWith("xgboost-form-three-json", StringComparison.Ordinal) && n.StartsWith("1.4.2", StringComparison.Ordinal));
        var text = Encoding.Latin1.GetString(Handle(name));
        Assert.Equal(Margins("-1e30"), Margins("-1e300"));

        double[] Margins(string threshold)
        {
            const string Key = "\"split_conditions\":[";
            var changed = new StringBuilder();
            var at = 0;
            for (var found = text.IndexOf(Key, StringComparison.Ordinal); found >= 0; found = text.IndexOf(Key, at, StringComparison.Ordinal))
            {
                var end = text.IndexOfAny([',', ']'], found + Key.Length);
                changed.Append(text, at, found + Key.Length - at).Append(threshold);
                at = end;
            }

            changed.Append(text, at, text.Length - at);
            var booster = ReadBooster(Encoding.Latin1.GetBytes(changed.ToString()));
            var scratch = new Scratch();
            var results = new Results();
            var x = scratch.Dense(20, booster.FeatureCount);
            for (var i = 0; i < x.Values.Length; i++)
            {
                x.Values[i] = ((i * 7) % 19) - 9.5;
            }

            booster.Run(Methods.Predict, x, scratch, results);
            return ((DenseBlock)results["predict"].Numbers!).Values.ToArray();
        }
    }

    private static IEnumerable<byte[]> Payloads() => Fixture.Names
        .Where(name => name.Contains("/xgboost-", StringComparison.Ordinal) && Fixture.Read(name).Refused is null)
        .Where(name => name.Contains("-form-", StringComparison.Ordinal) || name.Contains("-booster-", StringComparison.Ordinal) || name.Contains("-codes-", StringComparison.Ordinal)
            || name.Contains("-vector", StringComparison.Ordinal))
        .Select(Handle);

    private static byte[] Handle(string name)
    {
        var fixture = Fixture.Read(name);
        var root = (PyInstance)PickleReader.Read(Path.Combine(fixture.Directory, fixture.Artifacts[0])).Root!;
        var booster = root.Attributes.TryGetValue("_Booster", out var inner) ? inner : root;
        return booster as byte[] ?? (((PyInstance)booster!).Attributes.TryGetValue("handle", out var handle) ? (byte[])handle! : []);
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = (byte[])bytes.Clone();
        switch (random.Next(4))
        {
            case 0:
                return damaged[..random.Next(damaged.Length)];
            case 1:
                // A digit for a digit keeps the document whole and changes what it says.
                var digits = Enumerable.Range(0, damaged.Length).Where(at => char.IsAsciiDigit((char)damaged[at])).ToArray();
                for (var i = 0; i < 3 && digits.Length > 0; i++)
                {
                    damaged[digits[random.Next(digits.Length)]] = (byte)('0' + random.Next(10));
                }

                return damaged;
            case 2:
                var from = random.Next(damaged.Length);
                var length = Math.Min(random.Next(64), damaged.Length - from);
                damaged.AsSpan(from, length).CopyTo(damaged.AsSpan(random.Next(damaged.Length - length + 1)));
                return damaged;
            default:
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    damaged[random.Next(damaged.Length)] = random.Next(3) == 0 ? (byte)255 : (byte)random.Next(256);
                }

                return damaged;
        }
    }

    private static bool Try(byte[] bytes)
    {
        try
        {
            var booster = ReadBooster(bytes);
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

    private static Estimator ReadBooster(byte[] bytes)
    {
        var booster = new PyInstance(new PyGlobal("xgboost.core", "Booster"), []);
        booster.Attributes.Entries.Add(KeyValuePair.Create<object?, object?>("handle", bytes));
        var source = new ModelSource { Directory = ".", Artifacts = ["booster.joblib"] };
        var context = new ReadContext(new FunctionLibrary(source, SklearnOptions.Default));
        return context.ReadEstimator(booster, string.Empty);
    }
}
