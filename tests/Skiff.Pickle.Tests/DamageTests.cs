namespace Skiff.Pickle.Tests;

/// <summary>Files cut short at every byte and changed at every byte: an exception of this library or a document, nothing else.</summary>
public sealed class DamageTests
{
    private static readonly PickleOptions Small = new() { MaxGraphBytes = 64 << 20, MaxArrayBytes = 16 << 20, MaxOpcodes = 1_000_000 };

    public static TheoryData<string> Containers => [.. Fixtures.Files("sk190.*").Where(f => !f.EndsWith(".json", StringComparison.Ordinal)), "sk121.zstd"];

    public static TheoryData<string> Large => ["sk023-0.joblib", "sk142-2.pkl", "sk190-5.joblib", "sk190-5.pkl"];

    [Theory]
    [MemberData(nameof(Containers))]
    public void Read_CutAtEveryByte_Fails(string file)
    {
        var bytes = Fixtures.Bytes(file);

        // A container may end in sums or an index that the pickle does not need.
        const int LongestTrailer = 64;
        for (var length = 0; length < bytes.Length; length++)
        {
            var isRead = TryRead(bytes[..length]);
            Assert.True(!isRead || length >= bytes.Length - LongestTrailer, $"{file} was read from its first {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Read_EveryByteChanged_FailsOrReads(string file)
    {
        var bytes = Fixtures.Bytes(file);
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var change in (ReadOnlySpan<byte>)[0x01, 0x80, 0xFF])
            {
                bytes[i] ^= change;
                TryRead(bytes);
                bytes[i] ^= change;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void Read_PlainFileCutAtEveryByte_Fails(string file)
    {
        var bytes = Fixtures.Bytes(file);
        for (var length = 0; length < bytes.Length; length += 7)
        {
            Assert.False(TryRead(bytes[..length]), $"{file} was read from its first {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void Read_PlainFileWithBytesChanged_FailsOrReads(string file)
    {
        var bytes = Fixtures.Bytes(file);
        for (var i = 0; i < bytes.Length; i += 5)
        {
            bytes[i] ^= 0xFF;
            TryRead(bytes);
            bytes[i] ^= 0xFF;
        }
    }

    private static bool TryRead(byte[] bytes)
    {
        try
        {
            _ = Pickles.Read(bytes, Small);
            return true;
        }
        catch (PickleException)
        {
            return false;
        }
    }
}
