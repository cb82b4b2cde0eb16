namespace Skiff.Pickle.Tests;

/// <summary>The values of the graph, and what reading asks for.</summary>
public sealed class GraphTests
{
    [Fact]
    public void TryGetValue_KeyAddedAfterTheFirstLook_IsFound()
    {
        var dict = new PyDict();
        dict.Entries.Add(new("a", 1L));
        Assert.True(dict.TryGetValue("a", out _));
        Assert.False(dict.TryGetValue("b", out var missing));
        Assert.Null(missing);
        dict.Entries.Add(new("b", 2L));
        dict.Entries.Add(new("a", 3L));
        Assert.True(dict.TryGetValue("b", out var second));
        Assert.True(dict.TryGetValue("a", out var last));
        Assert.Equal([2L, 3L], [second, last]);
    }

    [Fact]
    public void Equals_Global_IsModuleAndName()
    {
        var name = new PyGlobal("a", "b");
        Assert.True(name.Equals(new PyGlobal("a", "b") { Constructor = DataConstructor.Set }));
        Assert.False(name.Equals(new PyGlobal("a", "c")));
        Assert.False(name.Equals(new PyGlobal("c", "b")));
        Assert.False(name.Equals(null));
    }

    [Fact]
    public void Attributes_StateAndSlots_AreJoinedOnce()
    {
        // copyreg's way for an object with __slots__: ({'a': 1}, {'b': 2}).
        var instance = Assert.IsType<PyInstance>(Pickles.Read([0x80, 2, .. "cm\nC\n)"u8, 0x81, .. "}U\u0001aK\u0001s}U\u0001bK\u0002s"u8, 0x86, .. "b."u8]).Root);
        Assert.Equal(["a", "b"], instance.Attributes.Entries.Select(entry => entry.Key));
        Assert.Same(instance.Attributes, instance.Attributes);
    }

    [Fact]
    public void Options_Defaults_AreThoseOfTheirDescription()
    {
        var options = new PickleOptions();
        Assert.Equal(options, PickleOptions.Default);
        Assert.Equal((200_000_000, 50_000_000, 16_000_000, 1000), (options.MaxOpcodes, options.MaxMemoEntries, options.MaxStackDepth, options.MaxDepth));
        Assert.Equal((268_435_456, 65_536, 4_294_967_296), (options.MaxStringBytes, options.MaxIntegerBytes, options.MaxArrayBytes));
        Assert.Equal((17_179_869_184, 17_179_869_184, 500), (options.MaxTotalBytes, options.MaxGraphBytes, options.MaxGraphRatio));
        Assert.Equal((8_589_934_592, 250, 134_217_728), (options.MaxInflatedBytes, options.MaxInflateRatio, options.MaxDictionaryBytes));
    }

    [Fact]
    public void Read_FileThatSomebodyWrites_IsNotLocked()
    {
        using var folder = new TestKit.TemporaryFolder();
        var path = Path.Combine(folder.Path, "model.pkl");
        File.WriteAllBytes(path, [0x80, 2, (byte)'K', 7, (byte)'.']);
        using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Assert.Equal(7L, PickleReader.Read(path, null, TestContext.Current.CancellationToken).Root);
    }

    [Fact]
    public void Read_StreamThatStandsWithin_CountsFromThere()
    {
        using var stream = new MemoryStream([.. new byte[100], 0x80, 4, (byte)'X', 50, 0, 0, 0, (byte)'a']) { Position = 100 };
        Assert.Equal(
            "The file is cut short: 50 bytes should follow, 1 do (at byte 7)",
            Assert.Throws<PickleException>(() => PickleReader.Read(stream, null, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Read_CancelledBefore_TakesNothing()
    {
        using var stream = new MemoryStream([0x80, 2, (byte)'N', (byte)'.']);
        Assert.Throws<OperationCanceledException>(() => PickleReader.Read(stream, null, new CancellationToken(canceled: true)));
        Assert.Equal(0, stream.Position);
        Assert.Throws<ArgumentNullException>("stream", () => PickleReader.Read((Stream)null!, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_ZeroAfterTheEnd_IsAWarning() =>
        Assert.Equal("More follows after the pickle's end (at byte 4) and is left alone", Assert.Single(Pickles.Read([0x80, 2, (byte)'N', (byte)'.', 0]).Warnings));
}
