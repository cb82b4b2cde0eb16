using Skiff.Numerics;

namespace Skiff.Pickle.Tests;

public sealed class ScipySparseTests
{
    [Theory]
    [InlineData("csr_matrix", 2, 0, new[] { 0, 1, 1 }, new[] { 0 })]
    [InlineData("csc_matrix", 0, 2, new[] { 0, 1, 1 }, new[] { 0 })]
    [InlineData("csr_matrix", 2, 2, new[] { 0, 1, 1 }, new[] { 2 })]
    [InlineData("csr_matrix", 2, 2, new[] { 0, 1, 1 }, new[] { -1 })]
    [InlineData("csr_matrix", 2, 2, new[] { 0, 2, 2 }, new[] { 0 })]
    [InlineData("csr_matrix", 2, 2, new[] { 0, 1 }, new[] { 0 })]
    [InlineData("csr_matrix", 2, 2, new[] { 1, 1, 1 }, new[] { 0 })]
    [InlineData("csr_matrix", 2, 2, new[] { 0, 1, 0 }, new[] { 0 })]
    [InlineData("csc_matrix", int.MaxValue - 1, 2, new[] { 0, 1, 1 }, new[] { 0 })]
    public void TryReadCsr_PartsThatDoNotFit_SaysSo(string name, int rows, int columns, int[] starts, int[] indices)
    {
        var matrix = new PyInstance(new PyGlobal("scipy.sparse._csr", name), []) { State = new PyDict() };
        var attributes = matrix.Attributes.Entries;
        attributes.Add(new("_shape", new PyTuple([(long)rows, (long)columns])));
        attributes.Add(new("indptr", new NdArray(DType.Int32, [starts.Length], starts)));
        attributes.Add(new("indices", new NdArray(DType.Int32, [indices.Length], indices)));
        attributes.Add(new("data", new NdArray(DType.Float64, [indices.Length], new double[indices.Length])));

        Assert.False(ScipySparse.TryReadCsr(matrix, out _, out var problem));
        Assert.Equal($"the {name[..3]} matrix of shape ({rows}, {columns}) has indices that do not lie in it", problem);
    }

    [Fact]
    public void TryReadCsr_SomethingElse_SaysWhatItIs()
    {
        Assert.False(ScipySparse.TryReadCsr(new PyInstance(new PyGlobal("a", "b"), []), out _, out var problem));
        Assert.Equal("<a.b> is no sparse matrix in csr, csc or coo format", problem);
    }
}
