namespace Skiff.Pickle.Tests;

public sealed class PickleReaderTests
{
    [Fact]
    public void Read_EmptyStream_SaysSo()
    {
        var error = Assert.Throws<PickleException>(() => Pickles.Read([]));
        Assert.Equal("The file is empty (at byte 0)", error.Message);
    }

    [Fact]
    public void Read_NestedValues_AreTheGraph()
    {
        // pickle.dumps({'a': [1, 2.5, None], 'b': (True, 'x')}, protocol=2)
        var bytes = Convert.FromHexString("80027d7100285801000000617101 5d7102284b01474004000000000000 4e65580100000062710388580100000078710486 7105752e".Replace(" ", "", StringComparison.Ordinal));
        var document = Pickles.Read(bytes);
        var root = Assert.IsType<PyDict>(document.Root);
        Assert.Equal(2, document.Protocol);
        Assert.True(root.TryGetValue("a", out var list));
        Assert.Equal([1L, 2.5, null], Assert.IsType<PyList>(list).Items);
        Assert.True(root.TryGetValue("b", out var tuple));
        Assert.Equal([true, "x"], Assert.IsType<PyTuple>(tuple).Items);
    }
}
