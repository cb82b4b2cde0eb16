using System.Runtime.InteropServices;
using Skiff.Numerics;
using Skiff.TestKit.Pickles;

namespace Skiff.Pickle.Tests;

/// <summary>joblib's wrappers, and the elements that follow them in the stream.</summary>
public sealed class JoblibTests
{
    private static readonly byte[] Six = [.. MemoryMarshal.AsBytes<double>([0, 1, 2, 3, 4, 5])];

    [Theory]
    [InlineData("C", new double[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("F", new double[] { 0, 2, 4, 1, 3, 5 })]
    public void Read_Order_IsUndone(string order, double[] expected)
    {
        var array = Assert.IsType<NdArray>(Read(Six, ("order", order)).Root);
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal(expected, Assert.IsType<double[]>(array.Data));
    }

    [Theory]
    [InlineData(16, 0)]
    [InlineData(16, 16)]
    [InlineData(255, 255)]
    public void Read_Padding_IsPassedOver(int alignment, int padding)
    {
        byte[] following = [(byte)padding, .. new byte[padding], .. Six];
        Assert.Equal([0, 1, 2, 3, 4, 5], Assert.IsType<double[]>(Assert.IsType<NdArray>(Read(following, ("numpy_array_alignment_bytes", alignment)).Root).Data));
    }

    [Fact]
    public void Read_AlignmentIsNone_HasNoPadding() =>
        Assert.IsType<NdArray>(Read(Six, ("numpy_array_alignment_bytes", null)).Root);

    [Theory]
    [InlineData("shape", null)]
    [InlineData("order", null)]
    [InlineData("dtype", null)]
    [InlineData("dtype", "f8")]
    public void Read_WrapperThatLacksSomething_IsMalformed(string name, string? value) =>
        Fails("The joblib file is malformed: an array's wrapper lacks shape, order or dtype", () => Read(Six, (name, value), leaveOut: value is null));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(256)]
    [InlineData("16")]
    public void Read_AlignmentThatIsNone_IsMalformed(object alignment) =>
        Fails("The joblib file is malformed: the alignment of an array", () => Read([0, .. Six], ("numpy_array_alignment_bytes", alignment)));

    [Fact]
    public void Read_MorePaddingThanItsAlignment_IsMalformed() =>
        Fails("The joblib file is malformed: 17 bytes of padding for an alignment of 16", () => Read([17, .. new byte[17], .. Six], ("numpy_array_alignment_bytes", 16)));

    [Fact]
    public void Read_ElementsWithinAFrame_AreMalformed()
    {
        var pickle = Pickle(Six, ("order", "C"), leaveOut: false)[2..];
        Fails(
            "The joblib file is malformed: the elements of an array lie within a frame",
            () => Pickles.Read([0x80, 4, 0x95, .. BitConverter.GetBytes((long)pickle.Length), .. pickle]));
    }

    [Theory]
    [InlineData(46, "The file is cut short: 48 bytes should follow, 47 do")]
    [InlineData(0, "The file is cut short: 48 bytes should follow, 1 do")]
    public void Read_ElementsCutShort_SaysHowMany(int length, string message) =>
        Assert.StartsWith(message, Assert.Throws<PickleException>(() => Read(Six[..length], ("order", "C"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ArrayInPieces_GrowsToItsSize()
    {
        var values = Enumerable.Range(0, 400_000).Select(i => (double)i).ToArray();
        var pickle = Pickle([.. MemoryMarshal.AsBytes<double>(values)], ("shape", new object?[] { values.Length }), leaveOut: false);
        using var pieces = new TestKit.OneByteStream(pickle);
        var array = Assert.IsType<NdArray>(PickleReader.Read(pieces, null, TestContext.Current.CancellationToken).Root);
        Assert.Equal(values, Assert.IsType<double[]>(array.Data));
        Assert.Equal(values, Assert.IsType<double[]>(Assert.IsType<NdArray>(Pickles.Read(pickle).Root).Data));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40_000)]
    public void Read_Texts_AreOfTheirWidth(int count)
    {
        var texts = Enumerable.Range(0, count).Select(i => i.ToString("x5", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        byte[] following = [.. texts.SelectMany(text => text).SelectMany(c => BitConverter.GetBytes((int)c))];
        var pickle = Pickle(following, ("shape", new object?[] { count }), leaveOut: false, type: Text(5));
        using var pieces = new TestKit.OneByteStream(pickle);
        foreach (var document in (PickleDocument[])[Pickles.Read(pickle), PickleReader.Read(pieces, null, TestContext.Current.CancellationToken)])
        {
            Assert.Equal(texts, Assert.IsType<string[]>(Assert.IsType<NdArray>(document.Root).Data));
        }
    }

    [Fact]
    public void Read_TextThatIsNoCodePoint_IsMalformed() =>
        Fails(
            "The joblib file is malformed: a text of an array holds what is no code point",
            () => Pickles.Read(Pickle([0xFF, 0xFF, 0xFF, 0x7F], ("shape", new object?[] { 1 }), leaveOut: false, type: Text(1))));

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Read_Objects_AreAPickleOfTheirOwn(int length, bool isRead)
    {
        var nested = PickleAssembler.Whole(PickleValue.Objects("a", null));
        var pickle = Pickle(nested, ("shape", new object?[] { length }), leaveOut: false, type: PickleValue.Type("O8", "|"));
        if (isRead)
        {
            Assert.Equal(["a", null], Assert.IsType<object?[]>(Assert.IsType<NdArray>(Pickles.Read(pickle).Root).Data));
            return;
        }

        Fails("The joblib file is malformed: an array of objects is followed by something else", () => Pickles.Read(pickle));
    }

    private static void Fails(string message, Func<object> read) =>
        Assert.StartsWith(message + " (at byte ", Assert.Throws<PickleException>(() => read()).Message, StringComparison.Ordinal);

    private static PickleDocument Read(byte[] following, (string Name, object? Value) attribute, bool leaveOut = false) => Pickles.Read(Pickle(following, attribute, leaveOut));

    /// <summary>The pickle of an array of 2 × 3 numbers, but for the attribute that is given or left out.</summary>
    private static byte[] Pickle(byte[] following, (string Name, object? Value) attribute, bool leaveOut, object? type = null)
    {
        var attributes = new Dictionary<string, object?>
        {
            ["subclass"] = new TestKit.Pickles.PickleName("numpy", "ndarray"),
            ["shape"] = new object?[] { 2, 3 },
            ["order"] = "C",
            ["dtype"] = type ?? PickleValue.Type("f8", "<"),
            [attribute.Name] = attribute.Value,
        };
        if (leaveOut)
        {
            attributes.Remove(attribute.Name);
        }

        var wrapper = PickleValue.Object("joblib.numpy_pickle", "NumpyArrayWrapper", [.. attributes.Select(pair => (pair.Key, pair.Value))]);
        return new PickleAssembler().Raw(0x80, 3).Value(wrapper).Raw(following).Raw('.').ToArray();
    }

    /// <summary>numpy's dtype of texts of a width.</summary>
    private static PickleCall Text(int width) => new(
        new TestKit.Pickles.PickleName("numpy", "dtype"), [$"U{width}", false, true], new object?[] { 3, "<", null, null, null, 4 * width, 4, 8 });
}
