using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>LabelEncoder</c>: the place of a label among those of the training data; one that is none of them is refused.</summary>
/// <remarks>scikit-learn 1.9, <c>sklearn/preprocessing/_label.py</c>, <c>LabelEncoder.transform</c>; the same since 0.22. It takes one column.</remarks>
internal sealed class LabelEncoder : Transformer
{
    private readonly CategoryTable _table;

    private LabelEncoder(EstimatorNode node)
    {
        _table = CategoryTable.Read(node, node.Required("classes_"), "classes_");
    }

    public override BlockKind? Input => _table.Need == ColumnNeed.Text ? BlockKind.Text : BlockKind.Dense;

    public override int FeatureCount => 1;

    public static Estimator Read(EstimatorNode node) => new LabelEncoder(node);

    public override int OutputColumn(int column) => column;

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => 1;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, 1, nameof(LabelEncoder));
        var column = x.Column(0);
        for (var row = 0; row < x.Rows; row++)
        {
            var place = _table.Find(column, row);
            ((DenseBlock)y).Row(row)[0] = place >= 0 ? place : throw _table.Refuse(column, row, 0);
        }
    }
}
