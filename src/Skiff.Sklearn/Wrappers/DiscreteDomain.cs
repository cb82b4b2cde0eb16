using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>CategoricalDomain</c> and <c>OrdinalDomain</c> of <c>sklearn2pmml</c>: values of the training data pass, others are refused or pass too.</summary>
/// <remarks>sklearn2pmml 0.12x, <c>sklearn2pmml/decoration/__init__.py</c>, <c>DiscreteDomain</c>; the values are <c>data_</c> in older releases.</remarks>
internal sealed class DiscreteDomain : Transformer
{
    private readonly CategoryTable[]? _tables;
    private readonly bool _refusesInvalid;
    private readonly bool _refusesMissing;

    private DiscreteDomain(EstimatorNode node)
    {
        DomainAttributes.Check(node);
        if (node.Optional("missing_values") is not null || node.Optional("missing_value_replacement") is not null)
        {
            throw node.Error("'missing_values' and 'missing_value_replacement' are read of a ContinuousDomain alone; impute with SimpleImputer");
        }

        _refusesMissing = node.Text("missing_value_treatment", "as_is") == "return_invalid";
        _refusesInvalid = node.Text("invalid_value_treatment", "return_invalid") switch
        {
            "return_invalid" => true,
            "as_is" => false,
            var other => throw node.Error($"'invalid_value_treatment' is '{other}'; return_invalid and as_is can be served"),
        };
        var name = node.Has("data_values_") ? "data_values_" : "data_";
        _tables = node.Optional(name) is not { } values ? null
            : values is NdArray { Rank: 2, Shape: [1, _] } given ? [CategoryTable.Read(node, new PyTuple([.. given.Data.Cast<object?>()]), name)] // data_values=[[...]]
            : EstimatorNode.Items(values) is { Count: > 0 } items && items.All(item => EstimatorNode.Items(item) is not null) ? CategoryTable.ReadAll(node, name)
            : [CategoryTable.Read(node, values, name)];
        FeatureCount = _tables is { Length: > 1 } ? _tables.Length : node.FeatureCount;
        FeatureNames = node.FeatureNames;
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount { get; }

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new DiscreteDomain(node);

    public override ColumnNeed Need(int column) => Table(column)?.Need ?? ColumnNeed.Any;

    public override void CheckInput(BlockKind kind) => base.CheckInput(kind == BlockKind.Text ? BlockKind.Frame : kind);

    public override int OutputColumn(int column) => column;

    public override BlockKind Produces(BlockKind input) => input;

    public override int Width(int inputWidth) => FeatureCount >= 0 ? FeatureCount : inputWidth;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(DiscreteDomain));
        for (var i = 0; i < x.Columns; i++)
        {
            Check(x.Column(i), i, x.Rows);
        }

        Kernels.Copy(x, y);
    }

    private CategoryTable? Table(int column) => _tables is null ? null : _tables.Length == 1 ? _tables[0] : (uint)column < (uint)_tables.Length ? _tables[column] : null;

    private void Check(in FrameColumn column, int index, int rows)
    {
        var table = Table(index);
        for (var row = 0; row < rows; row++)
        {
            var isMissing = column.Kind == ColumnKind.Text ? column.Texts.IsMissing(row) : double.IsNaN(column.Number(row));
            if (isMissing && _refusesMissing)
            {
                throw InputException.AtCell(row, index, "a missing value is not accepted");
            }

            if (!isMissing && _refusesInvalid && table is not null && table.Find(column, row) < 0)
            {
                throw table.Refuse(column, row, index);
            }
        }
    }
}
