using System.IO.Compression;
using System.Text;

namespace Skiff.Pickle.Tests;

/// <summary>Bytes made by hand to cost more than they are.</summary>
public sealed class AttackTests
{
    private const long SmallAllocation = 400_000;

    public static TheoryData<string, byte[], string> Lies => new()
    {
        { "BINBYTES8 of 1 EB", [0x80, 4, 0x8E, 0, 0, 0, 0, 0, 0, 0, 0x10], "The file is cut short: 1152921504606846976 bytes should follow, 0 do (at byte 11)" },
        { "BINUNICODE of 4 GB", [0x80, 4, (byte)'X', 0xFF, 0xFF, 0xFF, 0xFF, (byte)'a'], "The file is cut short: 4294967295 bytes should follow, 1 do (at byte 7)" },
        { "length above 2**63", [0x80, 4, 0x8E, 0, 0, 0, 0, 0, 0, 0, 0xFF], "The pickle is malformed: a length of 18374686479671623680 bytes (at byte 2)" },
        { "LONG4 of -1", [0x80, 2, 0x8B, 0xFF, 0xFF, 0xFF, 0xFF], "The pickle is malformed: a negative length (at byte 2)" },
        { "BINSTRING of -1", [(byte)'T', 0xFF, 0xFF, 0xFF, 0xFF], "The pickle is malformed: a negative length (at byte 0)" },
        { "no opcode", [0x80, 4, 0xFF], "The pickle is malformed: byte 0xff is no opcode (at byte 2)" },
        { "protocol 9", [0x80, 9, (byte)'.'], "Pickle protocol 9 is not known (0 to 5 are) (at byte 0)" },
        { "protocol twice", [0x80, 4, 0x80, 4, (byte)'N', (byte)'.'], "The pickle is malformed: its protocol is announced in its middle (at byte 2)" },
        { "empty stack", [0x80, 4, (byte)'.'], "The pickle is malformed: the stack is empty (at byte 2)" },
        { "two values", [0x80, 4, (byte)'N', (byte)'N', (byte)'.'], "The pickle is malformed: it stops with more than one value on the stack (at byte 4)" },
        { "no mark", [0x80, 4, (byte)'t', (byte)'.'], "The pickle is malformed: there is no mark (at byte 2)" },
        { "pop through a mark", [0x80, 4, (byte)'N', (byte)'(', 0x85, (byte)'.'], "The pickle is malformed: the stack is empty (at byte 4)" },
        { "memo never set", [0x80, 4, (byte)'h', 7, (byte)'.'], "The pickle is malformed: there is no value with number 7 (at byte 2)" },
        { "out-of-band", [0x80, 5, 0x97, (byte)'.'], "The pickle keeps data in buffers outside the file (protocol 5, out-of-band): save the model with pickle.dump or joblib.dump into one file (at byte 2)" },
        { "frame in frame", [0x80, 4, 0x95, 12, 0, 0, 0, 0, 0, 0, 0, 0x95, 1, 0, 0, 0, 0, 0, 0, 0, (byte)'N', (byte)'.', (byte)'.'], "The pickle is malformed: a frame starts within a frame (at byte 11)" },
        { "frame ends within an opcode", [0x80, 4, 0x95, 2, 0, 0, 0, 0, 0, 0, 0, (byte)'M', 1, 0, (byte)'.'], "The pickle is malformed: a frame ends within an opcode (at byte 14)" },
        { "frame goes on", [0x80, 4, 0x95, 3, 0, 0, 0, 0, 0, 0, 0, (byte)'N', (byte)'.', (byte)'N'], "The pickle is malformed: it stops within a frame (at byte 12)" },
        { "not UTF-8", [0x80, 4, 0x8C, 2, 0xC3, 0x28, (byte)'.'], "The pickle is malformed: a text that is not UTF-8 (at byte 2)" },
        { "append to a number", [0x80, 4, (byte)'K', 1, (byte)'N', (byte)'a', (byte)'.'], "The pickle is malformed: items are added to what is no list (at byte 5)" },
        { "key without value", [0x80, 4, (byte)'}', (byte)'(', (byte)'N', (byte)'u', (byte)'.'], "The pickle is malformed: a key without a value (at byte 5)" },
        { "call of a number", [0x80, 4, (byte)'K', 1, (byte)')', (byte)'R', (byte)'.'], "The pickle is malformed: what is called is neither a class nor a function (at byte 5)" },
        { "state on a number", [0x80, 4, (byte)'K', 1, (byte)'N', (byte)'b', (byte)'.'], "The pickle is malformed: a state is set on what can have none (at byte 5)" },
    };

    public static TheoryData<string, string> Foreign => new()
    {
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0metadata.json", "it is a Keras archive (.keras)" },
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0arr_0.npy", "it is an archive of numpy arrays (.npz)" },
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0a/data.pkl", "it is a PyTorch archive" },
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0schema.json", "it is a skops archive" },
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0data.pkl", "it is a PyTorch archive" },
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0config.json", "it is a Keras archive (.keras)" },
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0.npy", "it is an archive of numpy arrays (.npz)" },
        { "PK\u0003\u0004\u0014\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u000d\0\0\0readme", "it is a zip archive" },
        { "PK\u0003\u0004", "it is a zip archive" },
        { "\u0089HDF\r\n\u001a\n", "it is an HDF5 file" },
        { "\u0093NUMPY\u0001\0", "it is a numpy array (.npy)" },
        { "version https://git-lfs.github.com/spec/v1\noid sha256:00", "it is a pointer of git-lfs" },
        { "<!DOCTYPE html><html>", "it is an HTML page" },
        { "<html", "it is an HTML page" },
        { "<?xml version=\"1.0\"?><PMML>", "it is XML" },
        { "{\"model\": 1}", "it is JSON" },
        { "Not found: no such file", "it is text" },
        { "tree\nversion=v3\n", "it looks like a model text, as lightgbm" },
        { "\u0008\u0007\u0012\u0007pytorch", "it looks like an ONNX or TensorFlow file" },
        { "\u0008\u0020\u0012\u0007pytorch", "it starts with byte 0x08" },
        { "hello", "it is text" },
        { "{L\0\0\0\0\0\0\0\u0007learner", "it looks like UBJSON" },
        { "binf\0\0", "it looks like a booster that xgboost's save_model wrote" },
        { "\u00ff\u00fe\0\0", "it starts with byte 0xff" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Read_Malformed_SaysWhatAndWhere(string what, byte[] bytes, string message)
    {
        Assert.NotNull(what);
        Assert.Equal(message, Assert.Throws<PickleException>(() => Pickles.Read(bytes)).Message);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public void Read_MalformedInPieces_AllocatesLittle(string what, byte[] bytes, string message)
    {
        Assert.NotEqual(what, message);
        _ = Record.Exception(() => Pickles.Read([0x80, 4, (byte)'N', (byte)'.']));
        using var stream = new TestKit.OneByteStream(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PickleException>(() => PickleReader.Read(stream, null, TestContext.Current.CancellationToken));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallAllocation + (1 << 20));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Read_AnotherKindOfFile_IsNamed(string text, string message)
    {
        var error = Assert.Throws<PickleException>(() => Pickles.Read(Encoding.Latin1.GetBytes(text)));
        Assert.StartsWith("The file is no pickle: " + message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ArrayThatLies_AllocatesLittle()
    {
        // joblib's wrapper of a float64 array of 500 million elements, and nothing after it.
        var bytes = JoblibArray(500_000_000);
        _ = Assert.Throws<PickleException>(() => Pickles.Read(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<PickleException>(() => Pickles.Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallAllocation);
        Assert.StartsWith("The file is cut short: 4000000000 bytes should follow, 1 do", error.Message, StringComparison.Ordinal);

        using var stream = new TestKit.OneByteStream(bytes);
        before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PickleException>(() => PickleReader.Read(stream, null, TestContext.Current.CancellationToken));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallAllocation + (2 << 20));
    }

    [Fact]
    public void Read_TextTypeOfHalfCodePoints_IsRefused()
    {
        var bytes = Encoding.Latin1.GetBytes("cnumpy\ndtype\n(S'U2'\nI00\nI01\ntR(I3\nS'<'\nNNNI5\nI4\nI8\ntb.");
        var error = Assert.Throws<PickleException>(() => Pickles.Read(bytes));
        Assert.StartsWith("The pickle is malformed: a text dtype of 5 bytes, which are not whole code points", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Read_NestedTuples_AreReadToTheDepthAllowed(int levels, bool isRead)
    {
        byte[] bytes = [0x80, 4, (byte)'N', .. Enumerable.Repeat((byte)0x85, levels), (byte)'.'];
        var error = Record.Exception(() => Pickles.Read(bytes, new PickleOptions { MaxDepth = 100 }));
        Assert.Equal(isRead ? null : "Values lie more than 100 levels within each other (PickleOptions.MaxDepth)", error?.Message);
    }

    [Fact]
    public void Read_SharedTuplesThatDouble_StayShared()
    {
        // Each level is a pair of the level below twice: 2**40 leaves for whoever copies.
        byte[] bytes = [0x80, 2, (byte)')', .. Enumerable.Repeat(new byte[] { (byte)'2', 0x86 }, 40).SelectMany(b => b), (byte)'.'];
        var root = Assert.IsType<PyTuple>(Pickles.Read(bytes).Root);
        Assert.Same(root[0], root[1]);
    }

    [Fact]
    public void Read_ListThatHoldsItself_IsACircle()
    {
        byte[] bytes = [0x80, 2, (byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a', (byte)'.'];
        var list = Assert.IsType<PyList>(Pickles.Read(bytes).Root);
        Assert.Same(list, list[0]);
    }

    [Fact]
    public void Read_TupleThatHoldsItself_IsACircle()
    {
        // pickle's own way for t = ([t],): the tuple is made, the stack is undone, the memo gives it back.
        byte[] bytes = [0x80, 2, (byte)']', (byte)'q', 0, (byte)'h', 0, 0x85, (byte)'q', 1, (byte)'a', (byte)'0', (byte)'h', 1, (byte)'.'];
        var tuple = Assert.IsType<PyTuple>(Pickles.Read([.. bytes[..10], (byte)'a', (byte)'0', (byte)'h', 1, (byte)'.']).Root);
        Assert.Same(tuple, Assert.IsType<PyList>(tuple[0])[0]);
    }

    [Fact]
    public void Read_MemoFarAway_CostsOneEntry()
    {
        byte[] bytes = [0x80, 2, (byte)'K', 5, (byte)'r', 0xFF, 0xFF, 0xFF, 0xFF, (byte)'0', (byte)'j', 0xFF, 0xFF, 0xFF, 0xFF, (byte)'.'];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(5L, Pickles.Read(bytes).Root);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallAllocation);
    }

    [Theory]
    [InlineData("MaxOpcodes")]
    [InlineData("MaxStackDepth")]
    [InlineData("MaxMemoEntries")]
    [InlineData("MaxGraphBytes")]
    [InlineData("MaxTotalBytes")]
    public void Read_Flood_IsRefusedByItsBudget(string budget)
    {
        byte[] item = budget == "MaxMemoEntries" ? [(byte)']', 0x94, (byte)'0'] : budget == "MaxOpcodes" ? [(byte)'N', (byte)'0'] : [(byte)']'];
        byte[] bytes = [0x80, 4, .. Enumerable.Repeat(item, 200_000).SelectMany(b => b)];
        var options = budget switch
        {
            "MaxOpcodes" => new PickleOptions { MaxOpcodes = 1000 },
            "MaxStackDepth" => new PickleOptions { MaxStackDepth = 1000 },
            "MaxMemoEntries" => new PickleOptions { MaxMemoEntries = 1000 },
            "MaxGraphBytes" => new PickleOptions { MaxGraphBytes = 1_000_000 },
            _ => new PickleOptions { MaxTotalBytes = 100_000 },
        };
        Assert.Contains($"(PickleOptions.{budget})", Assert.Throws<PickleException>(() => Pickles.Read(bytes, options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxInflatedBytes")]
    [InlineData("MaxInflateRatio")]
    public void Read_Bomb_EndsEarly(string budget)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write([0x80, 4, 0x8E, 0, 0, 0, 0x20, 0, 0, 0, 0]);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 160; i++)
            {
                zlib.Write(zeros);
            }
        }

        var options = budget == "MaxInflatedBytes" ? new PickleOptions { MaxInflatedBytes = 8 << 20 } : PickleOptions.Default;
        options = options with { MaxGraphRatio = int.MaxValue };
        Assert.Contains($"(PickleOptions.{budget})", Assert.Throws<PickleException>(() => Pickles.Read(packed.ToArray(), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Protocol0ThatStartsLikeZlib_IsAPickle() =>
        Assert.Equal(["a"], Assert.IsType<PyTuple>(Pickles.Read(Encoding.ASCII.GetBytes("(S'a'\nt.")).Root).Items);

    [Theory]
    [InlineData("sk121.xz")]
    [InlineData("sk121.lzma")]
    public void Read_DictionaryAboveBudget_IsRefusedBeforeItIsAllocated(string file)
    {
        var bytes = Fixtures.Bytes(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<PickleException>(() => Pickles.Read(bytes, new PickleOptions { MaxDictionaryBytes = 1 << 10 }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallAllocation);
        Assert.Contains("(PickleOptions.MaxDictionaryBytes)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OldJoblibWrapper_NamesItsFile()
    {
        var bytes = Encoding.Latin1.GetBytes("\u0080\u0002cjoblib.numpy_pickle\nNDArrayWrapper\n)\u0081}U\u0008filenameU\u0010model.pkl_01.npysb.");
        Assert.StartsWith(
            "The file was written by joblib before 0.10 (NDArrayWrapper), which keeps arrays in files beside it; one is in the file 'model.pkl_01.npy'. Load it",
            Assert.Throws<PickleException>(() => Pickles.Read(bytes)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SecondPickle_IsLeftAloneWithAWarning()
    {
        var document = Pickles.Read([0x80, 2, (byte)'K', 1, (byte)'.', 0x80, 2, (byte)'K', 2, (byte)'.']);
        Assert.Equal(1L, document.Root);
        Assert.Equal("More follows after the pickle's end (at byte 5) and is left alone", Assert.Single(document.Warnings));
    }

    [Fact]
    public void Read_UnknownNames_AreRecords()
    {
        var document = Pickles.Read(Encoding.Latin1.GetBytes("cposix\nsystem\n(S'true'\ntR."));
        var call = Assert.IsType<PyInstance>(document.Root);
        Assert.Equal(new PyGlobal("posix", "system"), call.Type);
        Assert.Equal(["true"], call.Arguments);
        Assert.Equal([new PickleName(new PyGlobal("posix", "system"), 0, 1)], document.Names);
    }

    private static byte[] JoblibArray(uint count) =>
    [
        0x80, 2,
        .. Encoding.ASCII.GetBytes("cjoblib.numpy_pickle\nNumpyArrayWrapper\n)"), 0x81,
        .. Encoding.ASCII.GetBytes("}(U"), 5, .. "shape"u8, (byte)'J', .. BitConverter.GetBytes(count), 0x85,
        (byte)'U', 5, .. "order"u8, (byte)'U', 1, (byte)'C',
        (byte)'U', 5, .. "dtype"u8, .. Encoding.ASCII.GetBytes("cnumpy\ndtype\n(U"), 2, .. "f8"u8, .. Encoding.ASCII.GetBytes("I00\nI01\ntRub."),
    ];
}
