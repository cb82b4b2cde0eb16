namespace Skiff.Registry.Tests;

/// <summary>The inputs of MLflow's signatures.</summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 3]}}]""", "double,double,double")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 1]}}]""", "float")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "bool", "shape": [-1, 2]}}]""", "boolean,boolean")]
    [InlineData("""[{"type": "string"}]""", "string")]
    [InlineData("""[{"name": "a"}, {"type": "tensor", "tensor-spec": {"dtype": "int32", "shape": [-1]}}, {"tensor-spec": {"dtype": null}}]""", ",integer,")]
    [InlineData("""[{"type": "datetime", "name": "when"}]""", "datetime")]
    public void Read_OfTensorsAndColumns_IsColumns(string json, string types)
    {
        var columns = SignatureReader.Read(json, out var problem);

        Assert.Null(problem);
        Assert.Equal(types, string.Join(',', columns!.Select(column => column.Type)));
    }

    [Theory]
    [InlineData("float64", "double")]
    [InlineData("float32", "float")]
    [InlineData("float16", "float")]
    [InlineData("int64", "long")]
    [InlineData("uint32", "long")]
    [InlineData("uint64", "long")]
    [InlineData("int32", "integer")]
    [InlineData("int16", "integer")]
    [InlineData("int8", "integer")]
    [InlineData("uint16", "integer")]
    [InlineData("uint8", "integer")]
    [InlineData("bool", "boolean")]
    [InlineData("str", "string")]
    [InlineData("object", "string")]
    [InlineData("complex64", "complex64")]
    public void Read_OfATensor_HasTheTypeOfItsNumbers(string dtype, string type)
    {
        var columns = SignatureReader.Read($$$"""[{"type": "tensor", "tensor-spec": {"dtype": "{{{dtype}}}", "shape": [-1, 2]}}]""", out _);

        Assert.Equal([new SignatureColumn(null, type, true), new SignatureColumn(null, type, true)], columns!);
    }

    [Theory]
    [InlineData(65536, true)]
    [InlineData(65537, false)]
    public void Read_Columns_MayBeSoMany(int count, bool isRead)
    {
        var columns = SignatureReader.Read("[" + string.Join(',', Enumerable.Repeat("{}", count)) + "]", out var problem);

        Assert.Equal(isRead ? count : null, columns?.Count);
        Assert.Equal(isRead ? null : "signature.inputs should be a list of 1 to 65536 columns", problem);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void Read_NestedWithoutEnd_IsRefused(int depth, bool isRead)
    {
        _ = SignatureReader.Read($"[{{\"x\": {new string('[', depth - 1)}{new string(']', depth - 1)}}}]", out var problem);

        Assert.Equal(isRead, problem is null);
    }

    [Theory]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1]}}]""")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, -1]}}]""")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 8, 8]}}]""")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 9223372036854775807]}}]""")]
    public void Read_OfAnotherTensor_SaysNothingOfColumns(string json)
    {
        Assert.Null(SignatureReader.Read(json, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("not JSON")]
    [InlineData("""[{"type": 7}]""")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"shape": [-1, "x"], "dtype": "f"}}]""")]
    [InlineData("""[{"type": "tensor", "tensor-spec": 3}]""")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float64"}}]""")]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"shape": [-1, 4]}}]""")]
    public void Read_OfSomethingElse_IsSaid(string json)
    {
        Assert.Null(SignatureReader.Read(json, out var problem));
        Assert.StartsWith("signature.inputs ", problem, StringComparison.Ordinal);
    }
}
