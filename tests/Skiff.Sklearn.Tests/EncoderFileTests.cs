using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;
using Skiff.TestKit;

namespace Skiff.Sklearn.Tests;

/// <summary>Encoders, mappers and domains whose file, or whose row, is not what it must be: each is refused in words.</summary>
public sealed class EncoderFileTests
{
    [Theory]
    [InlineData("hash_method", "blake2s", "HashingEncoder: 'hash_method' is 'blake2s'; md5, sha1, sha256, sha384 and sha512 can be served")]
    [InlineData("n_components", 0L, "HashingEncoder: 'n_components' is 0; 1 to 1048576 ")]
    [InlineData("_dim", null, "HashingEncoder: '_dim' is missing: the estimator is not fitted; call fit before saving it")]
    [InlineData("_dim", 3L, "HashingEncoder: the file names 4 columns of the 3 it was fitted on; category_encoders 2.6 and later keep their names")]
    public void Read_AHashingEncoderWithAnAttributeChanged_IsRefused(string attribute, object? value, string expected)
    {
        var encoder = Instance("1.9.0/hashing-plain");
        Set(encoder, attribute, value);

        Refused(encoder, expected);
    }

    [Fact]
    public void Read_AHashingEncoderOfAColumnThatIsNotThere_IsRefused()
    {
        var encoder = Instance("1.9.0/hashing-plain");
        Set(encoder, "cols", List("ticket"));

        Refused(encoder, "HashingEncoder: the column 'ticket' is none of those that it was fitted on");
    }

    [Fact]
    public void CheckInput_HashingNumbers_IsRefused()
    {
        var error = Assert.Throws<ModelLoadException>(() => Read(Instance("1.9.0/hashing-plain")).CheckInput(BlockKind.Dense));

        Assert.Equal("HashingEncoder hashes texts and is fed with numbers; hash the columns before they become numbers", error.Message);
    }

    [Fact]
    public void Transform_HashingANumber_IsRefused()
    {
        var error = Assert.Throws<InputException>(() => Hash(scratch => new FrameColumn(scratch.Dense(1, 1), 0)));

        Assert.Contains("a number was given where HashingEncoder takes text; send what str makes of it", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.ColumnIndex);
    }

    [Fact]
    public void Transform_HashingHalfOfASurrogatePair_IsRefused()
    {
        var error = Assert.Throws<InputException>(() => Hash(scratch =>
        {
            var texts = scratch.Text();
            texts.Append([0xED, 0xA0, 0x80]);
            return new FrameColumn(texts, 0);
        }));

        Assert.Contains("holds half of a surrogate pair, which has no bytes to hash", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ARankHotEncoderThatHandlesUnknownsOtherwise_IsRefused()
    {
        var encoder = Instance("1.9.0/rankhot-value-value-all");
        Set(encoder, "handle_unknown", "indicator");

        Refused(encoder, "RankHotEncoder: 'handle_unknown' is 'indicator'; value, error and return_nan are known");
    }

    [Fact]
    public void Read_ARankHotEncoderWithoutItsRanks_IsRefused()
    {
        var encoder = Instance("1.9.0/rankhot-value-value-all");
        Set(encoder, "mapping", List());

        Refused(encoder, "RankHotEncoder: there is nothing kept for the column 'color'");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(102)]
    public void Read_ASummaryEncoderOfSoManyEncoders_IsRefused(int count)
    {
        var summary = Instance("1.9.0/summary-value-all");
        var member = ((PyList)Get(summary, "encoder_list")!).Items[0];
        Set(summary, "encoder_list", List([.. Enumerable.Repeat(member, count)]));

        Refused(summary, $"SummaryEncoder: 'encoder_list' has {count} encoders; expected one for each quantile, 101 at most");
    }

    [Fact]
    public void Read_ASummaryEncoderOfOtherColumns_IsRefused()
    {
        var summary = Instance("1.9.0/summary-value-all");
        Set((PyInstance)((PyList)Get(summary, "encoder_list")!).Items[1]!, "feature_names_in_", List("length", "color", "shop", "grade"));

        Refused(summary, "SummaryEncoder: 'encoder_list[1]' was fitted on other columns than those before it");
    }

    [Fact]
    public void Read_ASummaryEncoderWhoseEncodersDoNotEncodeTheSame_IsRefused()
    {
        var summary = Instance("1.9.0/summary-value-all");
        var other = Instance("1.9.0/quantile-cols");
        Set(summary, "encoder_list", List(((PyList)Get(summary, "encoder_list")!).Items[0], other));

        Refused(summary, "SummaryEncoder: the encoders of 'encoder_list' do not encode the same columns: column 3 is passed on by some");
    }

    [Fact]
    public void Read_APolynomialWrapperThatIsNotFitted_IsRefused()
    {
        var wrapper = Instance("1.9.0/polynomial-wrapper-target");
        Set(wrapper, "feature_encoders", new PyDict());

        Refused(wrapper, "PolynomialWrapper: 'feature_encoders' is empty: the estimator is not fitted; call fit before saving it");
    }

    [Theory]
    [InlineData("encoders-onehot-value-value-all", "PolynomialWrapper: 'feature_encoders[high]' does not give one column for 'color'; PolynomialWrapper takes an encoder by target, as TargetEncoder, without drop_invariant")]
    [InlineData("hashing-plain", "PolynomialWrapper: 'feature_encoders[high]' is ")]
    public void Read_APolynomialWrapperAroundAnotherEncoder_IsRefused(string fixture, string expected)
    {
        var wrapper = Instance("1.9.0/polynomial-wrapper-target");
        var encoders = new PyDict();
        encoders.Entries.Add(new("high", Instance($"1.9.0/{fixture}")));
        Set(wrapper, "feature_encoders", encoders);

        Refused(wrapper, expected);
    }

    [Fact]
    public void Read_AMultiDomainOfFewerDomainsThanColumns_IsRefused()
    {
        var domain = FirstStep("1.4.2/decoration-multi-plain");
        Set(domain, "domains", List(null, null));

        Refused(domain, "MultiDomain: 'domains' has 2 domains; expected one for each column, and 'n_features_in_' is 4");
    }

    [Fact]
    public void Read_AMultiDomainOfADomainOfMoreColumns_IsRefused()
    {
        var domain = FirstStep("1.4.2/decoration-multi-plain");
        var wide = (PyInstance)((PyList)Get(domain, "domains")!).Items[0]!;
        Set(wide, "data_min_", new NdArray(DType.Float64, [2], new double[2]));
        Set(wide, "data_max_", new NdArray(DType.Float64, [2], new double[2]));

        Refused(domain, "MultiDomain: 'domains[0]' is fitted on 2 columns; expected one");
    }

    [Fact]
    public void Read_AMultiDomainOfSomethingElse_IsRefused()
    {
        var domain = FirstStep("1.4.2/decoration-multi-plain");
        var classifier = LastStep("1.4.2/decoration-multi-plain");
        Set(domain, "domains", List(null, null, null, classifier));

        Refused(domain, "MultiDomain: 'domains[3]' is ");
    }

    [Fact]
    public void Read_ANumericalTransformerOfAnotherFunction_IsRefused()
    {
        var transformer = new PyInstance(new PyGlobal("sklearn_pandas.transformers", "NumericalTransformer"), []);
        Set(transformer, "_NumericalTransformer__func", "exp");

        Refused(transformer, "NumericalTransformer: the function is 'exp'; log and log1p are known");
    }

    [Fact]
    public void Read_AMapperWhoseDefaultTakesWhatAFeatureTakes_IsRefused()
    {
        var mapper = Instance("1.4.2/mapper-default-none-plain");
        var names = ((PyList)Get(mapper, "transformed_names_")!).Items;
        names[^1] = "port";

        Refused(mapper, "DataFrameMapper: 'default' takes the columns age, port, of which a feature takes some, or which are not all different");
    }

    private static void Refused(PyInstance instance, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<ModelLoadException>(() => Read(instance)).Message, StringComparison.Ordinal);

    private static void Hash(Func<Scratch, FrameColumn> color)
    {
        var scratch = new Scratch();
        var frame = scratch.Frame(1);
        var texts = scratch.Text();
        texts.Append("a"u8);
        frame.Add(new FrameColumn(scratch.Dense(1, 1), 0));
        frame.Add(color(scratch));
        frame.Add(new FrameColumn(texts, 0));
        frame.Add(new FrameColumn(scratch.Dense(1, 1), 0));
        ((Transformer)Read(Instance("1.9.0/hashing-plain"))).Transform(frame, scratch);
    }

    private static Estimator Read(PyInstance instance)
    {
        var context = new ReadContext(new FunctionLibrary(new ModelSource { Directory = ".", Artifacts = ["m"] }, SklearnOptions.Default));
        Assert.True(EstimatorCatalog.TryFind(instance.Type, out var entry));
        return entry.Read(new EstimatorNode(context, instance, entry.Name, string.Empty));
    }

    private static PyInstance Instance(string fixture) => (PyInstance)PickleReader.Read(RepositoryFolder.At($"tests/fixtures/{fixture}.joblib")).Root!;

    private static PyInstance FirstStep(string fixture) => Step(fixture, 0);

    private static PyInstance LastStep(string fixture) => Step(fixture, ^1);

    private static PyInstance Step(string fixture, Index index) => (PyInstance)((PyTuple)((PyList)Get(Instance(fixture), "steps")!).Items[index]!).Items[1]!;

    private static object? Get(PyInstance instance, string attribute) => instance.Attributes.Entries.Single(entry => attribute.Equals(entry.Key)).Value;

    private static void Set(PyInstance instance, string attribute, object? value)
    {
        instance.Attributes.Entries.RemoveAll(entry => attribute.Equals(entry.Key));
        instance.Attributes.Entries.Add(new(attribute, value));
    }

    private static PyList List(params object?[] items)
    {
        var list = new PyList();
        list.Items.AddRange(items);
        return list;
    }
}
