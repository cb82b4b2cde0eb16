using System.Text.Json.Nodes;

namespace Skiff.Pickle.Tests;

/// <summary>What four generations of Python wrote, against what they say it is.</summary>
public sealed class FixtureTests
{
    public static TheoryData<string> Generations => ["sk023", "sk121", "sk142", "sk190"];

    public static TheoryData<string> ValueFiles => [.. Fixtures.Files("*-?.*")];

    public static TheoryData<string> ContainerFiles => [.. Fixtures.Files("sk*.*").Where(f => !f.Contains('-', StringComparison.Ordinal) && !f.EndsWith(".json", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public void Read_EveryProtocol_IsWhatPythonSays(string file)
    {
        var document = Pickles.Read(Fixtures.Bytes(file));
        Assert.Empty(document.Warnings);
        var expected = Fixtures.Expected(file)["values"]![1]!.AsArray();
        var root = Assert.IsType<PyDict>(document.Root);
        Assert.Equal(expected.Count, root.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var value = root.Entries[i].Value;
            var described = (string?)root.Entries[i].Key == "scalars" ? Scalars(value) : Describe.Value(value);
            Assert.Equal(Text(expected[i]![1]), Text(described));
        }
    }

    [Theory]
    [MemberData(nameof(ContainerFiles))]
    public void Read_EveryContainer_IsWhatPythonSays(string file)
    {
        var document = Pickles.Read(Fixtures.Bytes(file));
        Assert.Equal(file[(file.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace("bz2", "bzip2", StringComparison.Ordinal), document.Container.ToString().ToLowerInvariant());
        Assert.Empty(document.Warnings);
        Assert.Equal(Text(Fixtures.Expected(file)["small"]), Text(Describe.Value(document.Root)));
    }

    [Theory]
    [MemberData(nameof(ValueFiles))]
    public void Read_OneByteAtATime_IsTheSame(string file)
    {
        var whole = Pickles.Read(Fixtures.Bytes(file));
        using var slow = new TestKit.OneByteStream(Fixtures.Bytes(file));
        var document = PickleReader.Read(slow, null, TestContext.Current.CancellationToken);
        Assert.Equal(Text(Describe.Value(((PyDict)whole.Root!).Entries[^2].Value)), Text(Describe.Value(((PyDict)document.Root!).Entries[^2].Value)));
        Assert.Equal(whole.Length, document.Length);
        Assert.Equal(whole.Names, document.Names);
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public void TryReadCsr_EveryFormat_IsTheMatrix(string generation)
    {
        foreach (var file in Fixtures.Files($"{generation}-tables.*"))
        {
            var tables = (PyDict)Pickles.Read(Fixtures.Bytes(file)).Root!;
            Assert.True(tables.TryGetValue("matrices", out var matrices));
            foreach (var (name, expected) in Fixtures.Expected(file)["tables"]!["matrices"]!.AsObject())
            {
                Assert.True(((PyDict)matrices!).TryGetValue(name, out var value));
                Assert.True(ScipySparse.TryReadCsr(value, out var matrix, out var problem), $"{file} {name}: {problem}");
                var dense = new double[matrix.Rows * matrix.Columns];
                for (var row = 0; row < matrix.Rows; row++)
                {
                    for (var i = matrix.RowStarts[row]; i < matrix.RowStarts[row + 1]; i++)
                    {
                        dense[(row * matrix.Columns) + matrix.ColumnIndices[i]] += matrix.Values[i];
                    }
                }

                Assert.Equal(Text(expected), Text(new JsonArray(new JsonArray(matrix.Rows, matrix.Columns), new JsonArray([.. dense.Select(x => (JsonNode)Describe.Bits(x))]))));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public void TryReadIndex_EveryKind_IsItsLabels(string generation)
    {
        foreach (var file in Fixtures.Files($"{generation}-tables.*"))
        {
            var tables = (PyDict)Pickles.Read(Fixtures.Bytes(file)).Root!;
            Assert.True(tables.TryGetValue("indexes", out var indexes));
            foreach (var (name, expected) in Fixtures.Expected(file)["tables"]!["indexes"]!.AsObject())
            {
                Assert.True(((PyDict)indexes!).TryGetValue(name, out var value));
                Assert.True(PandasIndex.TryRead(value, out var labels), $"{file} {name}");
                Assert.Equal(Text(expected), Text(new JsonArray([.. labels.Select(Describe.Value)])));
            }
        }
    }

    private static JsonArray Scalars(object? value) =>
        new("d", new JsonArray([.. ((PyDict)value!).Entries.Select(e => (JsonNode)new JsonArray(Describe.Value(e.Key), Describe.Scalar(e.Value)))]));

    private static string? Text(JsonNode? node) =>
        node?.ToJsonString().Replace("\"complex64\"", "\"complex\"", StringComparison.Ordinal).Replace("\"complex128\"", "\"complex\"", StringComparison.Ordinal);
}
