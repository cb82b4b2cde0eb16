using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>OrdinalEncoder</c>: a number for every category.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_encoders.py</c>, <c>OrdinalEncoder.transform</c>. NaN is refused before 1.0, stays NaN in 1.0, and is
/// <c>encoded_missing_value</c> since 1.1; None is a category like any other.
/// </remarks>
internal sealed class OrdinalEncoder : Transformer
{
    private readonly CategoryTable[] _tables;
    private readonly double[][] _codes;
    private readonly double? _unknown;
    private readonly bool _isSingle;
    private readonly bool _refusesNaN;

    private OrdinalEncoder(EstimatorNode node)
    {
        _tables = CategoryTable.ReadAll(node, "categories_");
        FeatureNames = node.FeatureNames;
        if (node.FeatureCount >= 0 && node.FeatureCount != _tables.Length)
        {
            throw node.Error($"'categories_' has {_tables.Length} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        _unknown = node.Text("handle_unknown", "error") switch
        {
            "error" => null,
            "use_encoded_value" => node.Number("unknown_value"),
            var other => throw node.Error($"'handle_unknown' is '{other}'; error and use_encoded_value are known"),
        };
        _isSingle = TypeName.IsSingle(node.Optional("dtype"));
        _refusesNaN = node.Version < new SklearnVersion(1, 0);
        _codes = ReadCodes(node);
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount => _tables.Length;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new OrdinalEncoder(node);

    public override ColumnNeed Need(int column) => (uint)column < (uint)_tables.Length ? _tables[column].Need : ColumnNeed.Any;

    public override int OutputColumn(int column) => column;

    public override BlockKind Produces(BlockKind input) => BlockKind.Dense;

    public override int Width(int inputWidth) => _tables.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(OrdinalEncoder));
        y.IsSingle = _isSingle;
        var target = (DenseBlock)y;
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = target.Row(row);
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Code(x.Column(i), row, i);
            }
        }
    }

    /// <summary>The code of one cell.</summary>
    public double Code(in FrameColumn column, int row, int index)
    {
        if (_refusesNaN && column.Kind == ColumnKind.Number && double.IsNaN(column.Number(row)))
        {
            throw InputException.AtCell(row, index, "OrdinalEncoder does not accept missing values (NaN) before scikit-learn 1.0; impute them before it");
        }

        var category = _tables[index].Find(column, row);
        return category >= 0 ? _codes[index][category] : _unknown ?? throw _tables[index].Refuse(column, row, index);
    }

    private double[][] ReadCodes(EstimatorNode node)
    {
        var grouping = InfrequentMapping.Read(node, _tables);
        var missing = node.Number("encoded_missing_value", double.NaN);
        var codes = new double[_tables.Length][];
        for (var i = 0; i < codes.Length; i++)
        {
            var place = _tables[i].MissingIsNaN ? _tables[i].Missing : -1;
            codes[i] = new double[_tables[i].Count];
            for (var category = 0; category < codes[i].Length; category++)
            {
                var code = category == place ? category : grouping?.Map(i, category) ?? category;
                codes[i][category] = code == place ? missing : code;
            }
        }

        return codes;
    }
}
