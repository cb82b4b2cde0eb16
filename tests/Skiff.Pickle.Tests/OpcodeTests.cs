using System.Numerics;
using System.Text;

namespace Skiff.Pickle.Tests;

/// <summary>Each opcode by itself: what it makes, and what it refuses in which words.</summary>
public sealed class OpcodeTests
{
    public static TheoryData<string, object?> Values => new()
    {
        { "I5\n.", 5L },
        { "I-7\n.", -7L },
        { "I 5\t\n.", 5L },
        { "I00\n.", false },
        { "I01\n.", true },
        { "L5L\n.", 5L },
        { "L-5\n.", -5L },
        { "K\u00ff.", 255L },
        { "M\u0001\u0002.", 513L },
        { "J\u00fe\u00ff\u00ff\u00ff.", -2L },
        { "\u008a\0.", 0L },
        { "\u008a\u0001\u007f.", 127L },
        { "\u008a\u0001\u0080.", -128L },
        { "\u008a\u0002\0\u00ff.", -256L },
        { "\u008a\u0009\u0005\0\0\0\0\0\0\0\0.", 5L },
        { "\u008a\u0009\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\0.", long.MaxValue },
        { "\u008a\u0009\0\0\0\0\0\0\0\u0080\u00ff.", long.MinValue },
        { "\u008b\u0001\0\0\0\u0003.", 3L },
        { "F1.5\n.", 1.5 },
        { "F -inf\n.", double.NegativeInfinity },
        { "G\u003f\u00f8\0\0\0\0\0\0.", 1.5 },
        { "N.", null },
        { "\u0088.", true },
        { "\u0089.", false },
        { "S\"it's\"\n.", "it's" },
        { "S''\n.", "" },
        { "S'\\n\\x4a\\101\\0018\\78\\400\\'\\\"\\\\\\q\\a\\b\\f\\r\\t\\v'\n.", "\nJA\u00018\u00078\0'\"\\\\q\a\b\f\r\t\v" },
        { "S'\\7'\n.", "\a" },
        { "Va\\u0041\\uffff\\U00010000\\U0010ffff\\\\u0041\\n\\\n.", "aA\uffff\U00010000\U0010ffff\\\\u0041\\n\\" },
        { "T\u0002\0\0\0a\u00e9.", "a\u00e9" },
        { "U\u0002a\u00e9.", "a\u00e9" },
        { "X\u0002\0\0\0\u00c3\u00a9.", "\u00e9" },
        { "\u008c\u0001a.", "a" },
        { "\u008d\u0001\0\0\0\0\0\0\0a.", "a" },
        { "I5\np7\n0g7\n.", 5L },
        { "K\u0005q\u0003K\u0006q\u0004" + "00h\u0003.", 5L },
        { "Nq\u0003" + "0h\u0003.", null },
        { "K\u0001\u0094" + "0K\u0002\u0094" + "0h\u0001.", 2L },
        { "K\u0001q\0" + "0K\u0002q\0" + "0h\0.", 2L },
        { "K\u0005r\u00ff\u00ff\u00ff\u00ff" + "0K\u0006r\u00ff\u00ff\u00ff\u00ff" + "0j\u00ff\u00ff\u00ff\u00ff.", 6L },
        { "K\u0005(K\u0006K\u0007" + "1.", 5L },
        { "K\u0005(0.", 5L },
        { "K\u0005K\u0006" + "0.", 5L },
    };

    public static TheoryData<string, string> Refusals => new()
    {
        { "Ix\n.", "The pickle is malformed: an integer that is no number (at byte 0)" },
        { "Lx\n.", "The pickle is malformed: an integer that is no number (at byte 0)" },
        { "Fx\n.", "The pickle is malformed: a float that is no number (at byte 0)" },
        { "S'a\n.", "The pickle is malformed: a string without quotes (at byte 0)" },
        { "S'\n.", "The pickle is malformed: a string without quotes (at byte 0)" },
        { "Saba\n.", "The pickle is malformed: a string without quotes (at byte 0)" },
        { "S'\\x4'\n.", "The pickle is malformed: a string with a broken escape (at byte 0)" },
        { "S'\\'\n.", "The pickle is malformed: a string with a broken escape (at byte 0)" },
        { "V\\u004\n.", "The pickle is malformed: a text with a broken escape (at byte 0)" },
        { "V\\u00g0\n.", "The pickle is malformed: a text with a broken escape (at byte 0)" },
        { "V\\U00110000\n.", "The pickle is malformed: a text with a broken escape (at byte 0)" },
        { "Ngx\n.", "The pickle is malformed: the number of a value is no number (at byte 1)" },
        { "Np-1\n.", "The pickle is malformed: the number of a value is no number (at byte 1)" },
        { "N\u0086.", "The pickle is malformed: the stack is empty (at byte 1)" },
        { "N(N\u0086.", "The pickle is malformed: the stack is empty (at byte 3)" },
        { "(2.", "The pickle is malformed: the stack is empty (at byte 1)" },
        { "(N.", "The pickle is malformed: it stops with more than one value on the stack (at byte 2)" },
        { "\u0080\u0004NN\u0093.", "The pickle is malformed: a name that is no text (at byte 4)" },
        { "\u0080\u0004\u008c\u0001mN\u0093.", "The pickle is malformed: a name that is no text (at byte 6)" },
        { "\u0080\u0004N\u008c\u0001m\u0093.", "The pickle is malformed: a name that is no text (at byte 6)" },
        { "cm\nC\nK\u0001R.", "The pickle is malformed: arguments that are no tuple (at byte 7)" },
        { "cm\nC\n)K\u0001\u0092.", "The pickle is malformed: keywords that are no dict (at byte 8)" },
        { "(o.", "The pickle is malformed: an object without a class (at byte 1)" },
        { "\u0080\u0002\u0082\0.", "The pickle is malformed: there is no extension 0 (at byte 2)" },
        { "\u0080\u0002\u0084\u00ff\u00ff\u00ff\u00ff.", "The pickle is malformed: there is no extension -1 (at byte 2)" },
        { "]K\u0001K\u0002s.", "The pickle is malformed: entries are set in what is no dict (at byte 5)" },
        { "K\u0001(K\u0002e.", "The pickle is malformed: items are added to what is no list (at byte 5)" },
        { "\u0080\u0004](K\u0001\u0090.", "The pickle is malformed: items are added to what is no set (at byte 6)" },
        { "\u0080\u0004(\u0091(K\u0001\u0090.", "The pickle is malformed: items are added to what is no set (at byte 7)" },
        { "\u0080\u0004\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u003f.", "The file is cut short: 4611686018427387903 bytes should follow, 1 do (at byte 11)" },
        { "\u0080\u0004\u008e\0\0\0\0\0\0\0\u0040.", "The pickle is malformed: a length of 4611686018427387904 bytes (at byte 2)" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Read_Scalar_IsItsValue(string pickle, object? value) => Assert.Equal(value, Read(pickle).Root);

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Read_Malformed_SaysWhatAndWhere(string pickle, string message) => Assert.Equal(message, Assert.Throws<PickleException>(() => Read(pickle)).Message);

    [Fact]
    public void Read_LargeIntegers_AreExact()
    {
        var number = BigInteger.Parse("123456789012345678901234567890", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(number, Read("I123456789012345678901234567890\n.").Root);
        Assert.Equal(number, Read("L123456789012345678901234567890L\n.").Root);
        Assert.Equal(BigInteger.One << 63, Read("\u0080\u0002\u008a\u0009\0\0\0\0\0\0\0\u0080\0.").Root);
        Assert.Equal(-(BigInteger.One << 63) - 1, Read("\u0080\u0002\u008a\u0009\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u00ff.").Root);
    }

    [Theory]
    [InlineData(").", "()")]
    [InlineData("K\u0001\u0085.", "(1)")]
    [InlineData("K\u0001K\u0002\u0086.", "(1, 2)")]
    [InlineData("K\u0001K\u0002K\u0003\u0087.", "(1, 2, 3)")]
    [InlineData("K\u0000(K\u0001K\u0002t\u0086.", "(0, (1, 2))")]
    [InlineData("(l.", "[]")]
    [InlineData("(K\u0001l.", "[1]")]
    [InlineData("]K\u0001a(K\u0002K\u0003e.", "[1, 2, 3]")]
    [InlineData("(K\u0001K\u0002d.", "{1: 2}")]
    [InlineData("}K\u0001K\u0002s(K\u0003K\u0004u.", "{1: 2, 3: 4}")]
    [InlineData("\u0080\u0004\u008f(K\u0001\u0090.", "set [1]")]
    [InlineData("\u0080\u0004(K\u0001\u0091.", "frozenset [1]")]
    [InlineData("\u0080\u0004C\u0001a.", "bytes 61")]
    [InlineData("\u0080\u0003B\u0001\0\0\0a.", "bytes 61")]
    [InlineData("\u0080\u0004\u008e\u0001\0\0\0\0\0\0\0a.", "bytes 61")]
    [InlineData("\u0080\u0005\u0096\u0001\0\0\0\0\0\0\0a.", "bytes 61")]
    [InlineData("cm\nC\n.", "m.C")]
    [InlineData("\u0080\u0004\u008c\u0001m\u008c\u0001C\u0093.", "m.C")]
    [InlineData("cm\nC\n(K\u0001tR.", "m.C(1)")]
    [InlineData("cm\nC\n(K\u0001t\u0081.", "m.C(1)")]
    [InlineData("cm\nC\n(K\u0001t}U\u0001aK\u0002s\u0092.", "m.C(1, **{a: 2})")]
    [InlineData("(K\u0001im\nC\n.", "m.C(1)")]
    [InlineData("(cm\nC\nK\u0001o.", "m.C(1)")]
    [InlineData("\u0080\u0002\u0082\u0005.", "copyreg.get_extension(5)")]
    [InlineData("\u0080\u0002\u0083\u0005\u0001.", "copyreg.get_extension(261)")]
    [InlineData("\u0080\u0002\u0084\u0005\0\u0001\0.", "copyreg.get_extension(65541)")]
    [InlineData("Pabc\n.", "pickle.persistent_load(abc)")]
    [InlineData("K\u0005Q.", "pickle.persistent_load(5)")]
    [InlineData("cm\nC\n)R(K\u0001e(K\u0002K\u0003u.", "m.C()[1]{2: 3}")]
    [InlineData("cm\nC\n)\u0081}U\u0001aK\u0001sb}U\u0001bK\u0002sb.", "m.C() state {a: 1, b: 2}")]
    public void Read_Structure_IsItsValue(string pickle, string expected) => Assert.Equal(expected, Text(Read(pickle).Root));

    [Fact]
    public void Read_StateOnWhatHasNone_IsAWarning()
    {
        Assert.Equal("A state that the file sets on m.C itself is left out (at byte 6)", Assert.Single(Read("cm\nC\n}b.").Warnings));
        foreach (var container in (string[])["]", "}"])
        {
            Assert.Equal("Attributes that the file sets on a plain dict, list or set are left out (at byte 2)", Assert.Single(Read($"{container}}}b.").Warnings));
        }

        Assert.Equal(100, Read("]" + string.Concat(Enumerable.Repeat("}b", 101)) + ".").Warnings.Count);
    }

    [Fact]
    public void Read_Budgets_MayBeUsedUp()
    {
        Check("N.", budget => new PickleOptions { MaxOpcodes = budget }, 2, "The pickle has more than 1 opcodes (PickleOptions.MaxOpcodes) (at byte 1)");
        Check("Nq\0q\u0001.", budget => new PickleOptions { MaxMemoEntries = budget }, 2, "The pickle remembers more than 1 values (PickleOptions.MaxMemoEntries) (at byte 3)");
        Check("X\u0003\0\0\0abc.", budget => new PickleOptions { MaxStringBytes = budget }, 3, "A text has 3 bytes, more than 2 (PickleOptions.MaxStringBytes) (at byte 0)");
        Check("T\u0003\0\0\0abc.", budget => new PickleOptions { MaxStringBytes = budget }, 3, "A text has 3 bytes, more than 2 (PickleOptions.MaxStringBytes) (at byte 0)");
        Check("Vabc\n.", budget => new PickleOptions { MaxStringBytes = budget }, 3, "A line is longer than 2 bytes (at byte 1)");
        Check("\u0080\u0004C\u0003abc.", budget => new PickleOptions { MaxArrayBytes = budget }, 3, "A byte string has 3 bytes, more than 2 (PickleOptions.MaxArrayBytes) (at byte 2)");
        Check("\u0080\u0002\u008a\u0009\u0005\0\0\0\0\0\0\0\0.", budget => new PickleOptions { MaxIntegerBytes = budget }, 9, "An integer has 9 bytes, more than 8 (PickleOptions.MaxIntegerBytes) (at byte 2)");
        Check("K\u0001.", budget => new PickleOptions { MaxTotalBytes = budget }, 3, "The file has more than 2 bytes (PickleOptions.MaxTotalBytes) (at byte 2)");
    }

    [Fact]
    public void Read_NumberOfManyDigits_EndsAtItsBound()
    {
        var digits = new string('1', 4399);
        Assert.IsType<BigInteger>(Read($"I{digits}1\n.").Root);
        Assert.StartsWith("A line is longer than 4400 bytes", Assert.Throws<PickleException>(() => Read($"I{digits}11\n.")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_TextsLargerThanTheBuffer_AreWhole(int buffers)
    {
        var text = string.Concat(Enumerable.Range(0, buffers * 30_000).Select(i => (char)('a' + (i % 23)))) + new string('z', 65_536);
        var length = Encoding.Latin1.GetString(BitConverter.GetBytes(text.Length));
        foreach (var pickle in (string[])[$"V{text}\n.", $"S'{text}'\n.", $"X{length}{text}.", $"T{length}{text}."])
        {
            Assert.Equal(text, Read(pickle).Root);
            using var pieces = new TestKit.OneByteStream(Encoding.Latin1.GetBytes(pickle));
            Assert.Equal(text, PickleReader.Read(pieces, null, TestContext.Current.CancellationToken).Root);
        }
    }

    [Fact]
    public void Read_BytesLargerThanTheBuffer_AreWhole()
    {
        var bytes = Enumerable.Range(0, 3 << 20).Select(i => (byte)(i % 251)).ToArray();
        byte[] pickle = [0x80, 4, (byte)'B', .. BitConverter.GetBytes(bytes.Length), .. bytes, (byte)'.'];
        Assert.Equal(bytes, Pickles.Read(pickle).Root);
        using var pieces = new TestKit.OneByteStream(pickle);
        Assert.Equal(bytes, PickleReader.Read(pieces, null, TestContext.Current.CancellationToken).Root);
        Assert.Equal(
            $"The file has more than {1 << 20} bytes (PickleOptions.MaxTotalBytes) (at byte {1 << 20})",
            Assert.Throws<PickleException>(() => Pickles.Read(pickle, new PickleOptions { MaxTotalBytes = 1 << 20 })).Message);
    }

    /// <summary>With the budget the pickle is read, with one less it is refused.</summary>
    private static void Check(string pickle, Func<int, PickleOptions> options, int budget, string message)
    {
        var bytes = Encoding.Latin1.GetBytes(pickle);
        _ = Pickles.Read(bytes, options(budget));
        Assert.Equal(message, Assert.Throws<PickleException>(() => Pickles.Read(bytes, options(budget - 1))).Message);
    }

    /// <summary>What starts with an opcode of protocol 2 or above needs its protocol in front, or it is no pickle.</summary>
    private static PickleDocument Read(string pickle) =>
        Pickles.Read(Encoding.Latin1.GetBytes(pickle[0] > '\u0080' ? "\u0080\u0004" + pickle : pickle));

    private static string Text(object? value) => value switch
    {
        null => "None",
        byte[] bytes => "bytes " + Convert.ToHexString(bytes),
        PyTuple tuple => $"({Join(tuple.Items)})",
        PyList list => $"[{Join(list.Items)}]",
        PySet set => $"{(set.IsFrozen ? "frozenset" : "set")} [{Join(set.Items)}]",
        PyDict dict => $"{{{string.Join(", ", dict.Entries.Select(entry => $"{Text(entry.Key)}: {Text(entry.Value)}"))}}}",
        PyInstance call => $"{call.Type}({Join(call.Arguments)}{(call.Keywords is null ? "" : ", **" + Text(call.Keywords))})"
            + (call.Items is null ? "" : $"[{Join(call.Items)}]") + (call.Entries is null ? "" : Text(call.Entries)) + (call.State is null ? "" : " state " + Text(call.State)),
        _ => value.ToString()!,
    };

    private static string Join(IEnumerable<object?> items) => string.Join(", ", items.Select(Text));
}
