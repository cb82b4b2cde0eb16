using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>TargetEncoder</c>: for every category what the target was on average, with several classes once for each.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_target_encoder.py</c>, <c>TargetEncoder.transform</c>; the class is there since 1.3. A category
/// that training did not see gets the mean of all.
/// </remarks>
internal sealed class TargetEncoder : Transformer
{
    private readonly CategoryTable[] _tables;
    private readonly double[][] _encodings;
    private readonly double[] _means;

    private TargetEncoder(EstimatorNode node)
    {
        _tables = CategoryTable.ReadAll(node, "categories_");
        FeatureNames = node.FeatureNames;
        if (node.FeatureCount >= 0 && node.FeatureCount != _tables.Length)
        {
            throw node.Error($"'categories_' has {_tables.Length} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        var classes = node.Text("target_type_") switch
        {
            "binary" or "continuous" => 1,
            "multiclass" => node.Labels("classes_").Count,
            var type => throw node.Error($"'target_type_' is '{type}'; binary, continuous and multiclass are known"),
        };
        _means = node.Vector("target_mean_", classes);
        _encodings = ReadEncodings(node, classes);
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount => _tables.Length;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new TargetEncoder(node);

    public override ColumnNeed Need(int column) => (uint)column < (uint)_tables.Length ? _tables[column].Need : ColumnNeed.Any;

    public override int OutputColumn(int column) => _means.Length == 1 ? column : -1;

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _encodings.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(TargetEncoder));
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = ((DenseBlock)y).Row(row);
            for (var column = 0; column < _tables.Length; column++)
            {
                var category = _tables[column].Find(x.Column(column), row);
                for (var k = 0; k < _means.Length; k++)
                {
                    var place = (column * _means.Length) + k;
                    cells[place] = category >= 0 ? _encodings[place][category] : _means[k];
                }
            }
        }
    }

    private double[][] ReadEncodings(EstimatorNode node, int classes)
    {
        var items = node.List("encodings_");
        if (items.Count != _tables.Length * classes)
        {
            throw node.Error($"'encodings_' has {items.Count} arrays for {_tables.Length} columns and {classes} classes");
        }

        return [.. items.Select((item, i) => item is NdArray { Rank: 1, IsNumeric: true } array && array.Size == _tables[i / classes].Count
            ? array.ToDoubles()
            : throw node.Error($"'encodings_[{i}]' is {Describe.Value(item)}; expected a number for each of the {_tables[i / classes].Count} categories"))];
    }
}
