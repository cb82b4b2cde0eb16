using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>Birch</c>: the cluster of the nearest subcluster, and the distances to all subclusters.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/cluster/_birch.py</c>, <c>_predict</c> and <c>transform</c>; the same since 0.22. The tree of subclusters is not asked.</remarks>
internal sealed class Birch : NumericTransformer
{
    private readonly CenterTable _centers;
    private readonly KMeans _distances;
    private readonly int[] _labels;
    private readonly ModelOutput[] _outputs;

    private Birch(EstimatorNode node, KMeans distances)
        : base(node, distances.FeatureCount)
    {
        var centers = node.Matrix("subcluster_centers_");
        _centers = new CenterTable(centers, node.Version);
        _distances = distances;
        _labels = node.Array("subcluster_labels_") is { Rank: 1, Type.Kind: DTypeKind.Int64 or DTypeKind.Int32 } labels && labels.Size == centers.Rows
            ? labels.ToInt32s()
            : throw node.Unexpected("subcluster_labels_", $"{centers.Rows} integers");
        _outputs = [new(Methods.Predict, "predict", OutputKind.Int64, 0), new(Methods.Transform, "transform", OutputKind.Float64, centers.Rows)];
    }

    public override Methods Methods => Methods.Predict | Methods.Transform;

    public override IReadOnlyList<ModelOutput> Outputs => _outputs;

    public static Estimator Read(EstimatorNode node) => new Birch(node, KMeans.ReadDistances(node, "subcluster_centers_"));

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _labels.Length;

    public override void Transform(Block x, Block y, Scratch scratch) => _distances.Transform(x, y, scratch);

    public override void Run(Methods wanted, Block x, Scratch scratch, Results results)
    {
        if (wanted.HasFlag(Methods.Predict))
        {
            RequireWidth(x);
            Kernels.RequireFinite(x, Name);
            var codes = scratch.IntegerArray(x.Rows);
            _centers.Fill(x, codes, scratch);
            for (var row = 0; row < x.Rows; row++)
            {
                codes[row] = _labels[codes[row]];
            }

            results.Add(_outputs[0], codes, x.Rows);
        }

        if (wanted.HasFlag(Methods.Transform))
        {
            results.Add(_outputs[1], Transform(x, scratch));
        }
    }
}
