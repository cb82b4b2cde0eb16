using System.Buffers.Binary;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;
using Skiff.TestKit.Fixtures;

namespace Skiff.Sklearn.Tests;

/// <summary>Nodes are read where they lie when a 64-bit machine has written them, and by columns otherwise: both say the same.</summary>
public sealed class TreeLayoutTests
{
    private const string Forest = "1.9.0/trees-number-large-forest-shallow";

    private static readonly string[] Integers = ["left_child", "right_child", "feature", "n_node_samples"];

    public static TheoryData<string> Trees => [.. Fixture.Names.Where(name => name.StartsWith("1.9.0/", StringComparison.Ordinal) && HasTrees(name))];

    [Theory]
    [MemberData(nameof(Trees))]
    public void Load_NodesOfA32BitOrBigEndianMachine_AnswersTheSame(string name)
    {
        var fixture = Fixture.Read(name);
        var file = Assert.Single(fixture.Artifacts);
        var document = Open(fixture, file);
        var expected = Run(fixture, file, document);

        foreach (var tree in GraphMutation.Attributes(document.Root).Where(HasNodes))
        {
            var at = tree.Entries.FindIndex(entry => entry.Key is "nodes");
            tree.Entries[at] = KeyValuePair.Create(tree.Entries[at].Key, (object?)Narrowed((NdArray)tree.Entries[at].Value!));
        }

        Assert.Equal(expected, Run(fixture, file, document));
    }

    [Fact]
    public void Load_ChildBeyond32Bits_IsRefused()
    {
        var fixture = Fixture.Read(Forest);
        var file = Assert.Single(fixture.Artifacts);
        var document = Open(fixture, file);
        var nodes = (NdArray)GraphMutation.Attributes(document.Root).First(HasNodes).Entries.First(entry => entry.Key is "nodes").Value!;
        BinaryPrimitives.WriteInt64LittleEndian(((byte[])nodes.Data).AsSpan(nodes.Type.Fields.First(field => field.Name == "right_child").Offset), 1L << 32);

        var refused = Assert.Throws<ModelLoadException>(() => Run(fixture, file, document));

        Assert.Contains($"a node has the child 2147483647; the tree has {nodes.Size} nodes", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>What is laid out takes as much memory as the trees have leaves and outputs, not as the forest says.</summary>
    [Fact]
    public void Load_ForestThatClaimsMoreOutputs_IsRefused()
    {
        var fixture = Fixture.Read(Forest);
        var file = Assert.Single(fixture.Artifacts);
        var document = Open(fixture, file);
        var forest = GraphMutation.Attributes(document.Root).First(attributes => attributes.Entries.Any(entry => entry.Key is "estimators_"));
        forest.Entries[forest.Entries.FindIndex(entry => entry.Key is "n_outputs_")] = KeyValuePair.Create<object?, object?>("n_outputs_", (long)int.MaxValue);

        var refused = Assert.Throws<ModelLoadException>(() => Run(fixture, file, document));

        Assert.Contains("the tree has 1 outputs; 2147483647 are expected", refused.Message, StringComparison.Ordinal);
    }

    private static bool HasTrees(string name)
    {
        var fixture = Fixture.Read(name);
        return fixture is { Refused: null, Artifacts: [var file], Labels: null, Threshold: null, FeaturesEntry: null, Input: not null } && Path.GetExtension(file) is ".joblib"
            && GraphMutation.Attributes(Open(fixture, file).Root).Any(HasNodes);
    }

    private static PickleDocument Open(Fixture fixture, string file) => PickleReader.Read(Path.Combine(fixture.Directory, file));

    private static bool HasNodes(PyDict attributes) =>
        attributes.Entries.Any(entry => entry is { Key: "nodes", Value: NdArray { Rank: 1, Data: byte[] } array } && array.Type.Fields.Any(field => field.Name == "left_child"));

    // Integers of 32 bits with the highest byte first, as numpy on such a machine would have them.
    private static NdArray Narrowed(NdArray nodes)
    {
        var bytes = (byte[])((byte[])nodes.Data).Clone();
        DTypeField[] fields = [.. nodes.Type.Fields.Select(field => Integers.Contains(field.Name) ? field with { Type = new DType(DTypeKind.Int32, sizeof(int), bigEndian: true) } : field)];
        for (var i = 0; i < nodes.Size; i++)
        {
            foreach (var field in nodes.Type.Fields.Where(field => Integers.Contains(field.Name)))
            {
                var cell = bytes.AsSpan((i * nodes.Type.ItemSize) + field.Offset);
                BinaryPrimitives.WriteInt32BigEndian(cell, (int)BinaryPrimitives.ReadInt64LittleEndian(cell));
            }
        }

        return new NdArray(new DType(DTypeKind.Structured, nodes.Type.ItemSize, fields: fields), nodes.Shape, bytes);
    }

    private static string Run(Fixture fixture, string file, PickleDocument document)
    {
        var source = new ModelSource { Directory = fixture.Directory, Artifacts = [file], FunctionPaths = [Fixture.Folder] };
        var artifacts = new ArtifactReader(source, PickleOptions.Default, default);
        artifacts.Add(file, document);
        var model = new ModelAssembly(source, artifacts, new ReadContext(new FunctionLibrary(source, SklearnOptions.Default))).Build();
        var scratch = new Scratch();
        var results = new Results();
        try
        {
            model.Run(model.Methods, FixtureRows.Write(model.Plan, scratch, fixture.Input!, 0, fixture.Input!.Rows), scratch, results);
        }
        catch (InputException e)
        {
            // Some models refuse some of the rows that they come with.
            return e.Message;
        }

        return string.Join('\n', Enumerable.Range(0, results.Count).Select(i => Describe(results[i])));
    }

    private static string Describe(in Result result) => $"{result.Output.Name}: " + (result.Codes, result.Numbers) switch
    {
        ({ } codes, _) => string.Join(' ', codes),
        (_, CsrBlock block) => string.Join(' ', Enumerable.Range(0, block.Rows).Select(row => $"{string.Join(',', block.Indices(row).ToArray())}:{string.Join(',', block.Values(row).ToArray())}")),
        (_, var block) => string.Join(' ', ((DenseBlock)block!).Values.ToArray()),
    };
}
