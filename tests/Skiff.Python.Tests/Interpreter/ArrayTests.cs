using Skiff.Python.Interpreter;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>Functions over numbers. What numpy really answers is held by the fixtures of <c>FunctionTransformer</c>; here is what is refused.</summary>
public sealed class ArrayTests
{
    private const string Slice = "a slice of an array cannot be changed here, since numpy would change the array too; change the array itself (X[:, 0] = ...), or .copy() the slice first";

    [Theory]
    [InlineData("    c = X[:, 0]\n    c[c > 1] = 0\n    return X\n", 3)]
    [InlineData("    c = X[:, 0]\n    c += 1\n    return X\n", 3)]
    [InlineData("    X[0:2][:, 0] = 5\n    return X\n", 2)]
    [InlineData("    c = X[1]\n    c[0] = 5\n    return X\n", 3)]
    [InlineData("    c = X.reshape(-1, 1)\n    c[0, 0] = 5\n    return X\n", 3)]
    [InlineData("    c = X[:, 0][None, :]\n    c[0, 0] = 5\n    return X\n", 3)]
    public void CallNumbers_ChangeOfWhatNumpyMakesAView_IsRefused(string body, int line)
    {
        var error = Assert.Throws<PyRaisedException>(() => Call("def f(X):\n" + body));

        Assert.Equal(Slice, error.PythonMessage);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("    c = X[:, 0].copy()\n    c[c > 1] = 0\n    return X\n")]
    [InlineData("    c = X[[0, 1]]\n    c[0] = 5\n    return X\n")]
    [InlineData("    c = X[X[:, 0] > 1]\n    c[0] = 5\n    return X\n")]
    [InlineData("    c = X[:, 0]\n    c = c + 1\n    return X\n")]
    public void CallNumbers_ChangeOfACopy_LeavesTheArray(string body) => Assert.Equal([1, 2, 3, 4], Call("def f(X):\n" + body));

    private static double[] Call(string source) => Python.Load(source).CallNumbers(new PyNumbers(2, 2, new double[] { 1, 2, 3, 4 }), null).Values.ToArray();
}
