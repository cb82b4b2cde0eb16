using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>RandomTreesEmbedding</c>: a column for every leaf of every tree, with a one where the row arrives.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_forest.py</c>, <c>RandomTreesEmbedding.transform</c>: the leaves by a <c>OneHotEncoder</c> over the numbers
/// of the nodes. The same since 0.22; what says whether it is sparse was called <c>sparse</c> until 1.1.
/// </remarks>
internal sealed class RandomTreesEmbedding : NumericTransformer
{
    private readonly TreeSet<float> _trees;
    private readonly InputPolicy _policy;
    private readonly int[] _columns;
    private readonly int _width;
    private readonly bool _isSparse;

    private RandomTreesEmbedding(EstimatorNode node, TreeSet<float> trees, bool allowsMissing, Encoding encoding)
        : base(node, trees.Features)
    {
        _trees = trees;
        _policy = new InputPolicy(node.ClassName, allowsMissing);
        _columns = encoding.Columns;
        _width = encoding.Width;
        _isSparse = encoding.IsSparse;
    }

    public static Estimator Read(EstimatorNode node)
    {
        var encoder = node.Required("one_hot_encoder_") is PyInstance { Type.Name: "OneHotEncoder" } instance
            ? new EstimatorNode(node.Context, instance, "OneHotEncoder", node.Join("one_hot_encoder_"))
            : throw node.Unexpected("one_hot_encoder_", "a OneHotEncoder");
        var categories = encoder.Vectors("categories_");
        var trees = ForestReader.Trees(node);
        var builder = ForestReader.Builder(trees);
        var columns = new List<int>();
        var width = 0;
        var index = 0;
        foreach (var (_, tree) in trees)
        {
            var known = index < categories.Length ? categories[index] : throw encoder.Error($"'categories_' has {categories.Length} entries, one a tree is expected");
            foreach (var leaf in tree.AddTo(builder))
            {
                var place = Array.IndexOf(known, leaf);
                columns.Add(place >= 0 ? width + place : throw encoder.Error($"'categories_[{index}]' does not have the leaf {leaf} of the tree"));
            }

            width += known.Length;
            index++;
        }

        var isSparse = encoder.Flag(encoder.Has("sparse_output") ? "sparse_output" : "sparse");
        return new RandomTreesEmbedding(node, builder.Build(), ForestReader.AllowsMissing(node, trees[0].Node), new Encoding([.. columns], width, isSparse));
    }

    public override BlockKind Produces(BlockKind input) => _isSparse ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => _width;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        RequireWidth(x);
        var arrived = scratch.IntegerArray(x.Rows * _trees.Trees);
        var sink = new Arrivals(arrived, _columns, _trees.Trees);
        _trees.Walk(x, _policy, scratch, ref sink);
        for (var row = 0; row < x.Rows; row++)
        {
            var ones = arrived.AsSpan(row * _trees.Trees, _trees.Trees);
            if (y is CsrBlock sparse)
            {
                sparse.AppendCells(ones.Length, out var columns, out var values);
                ones.CopyTo(columns);
                values.Fill(1);
                sparse.EndRow();
                continue;
            }

            var cells = ((DenseBlock)y).Row(row);
            cells.Clear();
            foreach (var column in ones)
            {
                cells[column] = 1;
            }
        }
    }

    private readonly record struct Encoding(int[] Columns, int Width, bool IsSparse);

    private readonly struct Arrivals(int[] arrived, int[] columns, int trees) : ILeafSink
    {
        public void Take(int row, int tree, int leaf) => arrived[(row * trees) + tree] = columns[leaf];
    }
}
