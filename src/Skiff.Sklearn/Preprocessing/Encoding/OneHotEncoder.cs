using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary><c>OneHotEncoder</c>: a column of zeros with a one for every category.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_encoders.py</c>, <c>OneHotEncoder.transform</c>. Categories are dropped after infrequent ones were
/// grouped: <c>_drop_idx_after_grouping</c> since 1.3, before <c>drop_idx_</c> had that meaning. NaN is refused before 0.24 and is a category
/// like any other since.
/// </remarks>
internal sealed class OneHotEncoder : Transformer
{
    private const int Nothing = -1;
    private const int Refused = -2;

    private readonly CategoryTable[] _tables;
    private readonly int[][] _targets;
    private readonly int[] _unknown;
    private readonly int _width;
    private readonly bool _isSparse;
    private readonly bool _isSingle;
    private readonly bool _refusesNaN;

    private OneHotEncoder(EstimatorNode node)
    {
        _tables = CategoryTable.ReadAll(node, "categories_");
        FeatureNames = node.FeatureNames;
        if (node.FeatureCount >= 0 && node.FeatureCount != _tables.Length)
        {
            throw node.Error($"'categories_' has {_tables.Length} columns, 'n_features_in_' is {node.FeatureCount}");
        }

        _isSparse = node.Has("sparse_output") ? node.Flag("sparse_output") : node.Flag("sparse");
        _isSingle = TypeName.IsSingle(node.Optional("dtype"));
        _refusesNaN = node.Version < new SklearnVersion(0, 24);
        _targets = new int[_tables.Length][];
        _unknown = new int[_tables.Length];
        _width = LayOut(node);
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount => _tables.Length;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new OneHotEncoder(node);

    public override ColumnNeed Need(int column) => (uint)column < (uint)_tables.Length ? _tables[column].Need : ColumnNeed.Any;

    public override BlockKind Produces(BlockKind input) => _isSparse ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => _width;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(OneHotEncoder));
        y.IsSingle = _isSingle;
        var sparse = y as CsrBlock;
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = sparse is null ? ((DenseBlock)y).Row(row) : default;
            cells.Clear();
            for (var i = 0; i < _tables.Length; i++)
            {
                var target = Target(x.Column(i), row, i);
                if (target == Nothing)
                {
                    continue;
                }

                if (sparse is null)
                {
                    cells[target] = 1;
                }
                else
                {
                    sparse.Append(target, 1);
                }
            }

            sparse?.EndRow();
        }
    }

    private int Target(in FrameColumn column, int row, int index)
    {
        var category = _tables[index].Find(column, row);
        if (_refusesNaN && column.Kind == ColumnKind.Number && double.IsNaN(column.Number(row)))
        {
            throw InputException.AtCell(row, index, "OneHotEncoder does not accept missing values (NaN) before scikit-learn 0.24; impute them before it");
        }

        var target = category >= 0 ? _targets[index][category] : _unknown[index];
        return target != Refused ? target : throw _tables[index].Refuse(column, row, index);
    }

    // Where the one of each category stands among all columns.
    private int LayOut(EstimatorNode node)
    {
        var grouping = InfrequentMapping.Read(node, _tables);
        var dropped = ReadDropped(node);
        var handling = node.Text("handle_unknown");
        var first = 0;
        for (var i = 0; i < _tables.Length; i++)
        {
            var count = grouping?.CountOf(i, _tables[i].Count) ?? _tables[i].Count;
            var drop = dropped[i];
            if (drop >= count)
            {
                throw node.Error($"column {i} drops category {drop}; it has {count}");
            }

            _targets[i] = new int[_tables[i].Count];
            for (var category = 0; category < _targets[i].Length; category++)
            {
                _targets[i][category] = Place(grouping?.Map(i, category) ?? category, drop, first);
            }

            var group = grouping?.GroupOf(i) ?? -1;
            _unknown[i] = handling switch
            {
                "error" => Refused,
                "infrequent_if_exist" or "warn" when group >= 0 => Place(group, drop, first),
                "ignore" or "infrequent_if_exist" or "warn" => Nothing,
                _ => throw node.Error($"'handle_unknown' is '{handling}'; error, ignore, infrequent_if_exist and warn are known"),
            };
            first = checked(first + count - (drop >= 0 ? 1 : 0));
        }

        return first;
    }

    private static int Place(int code, int drop, int first) => code == drop ? Nothing : first + (drop >= 0 && code > drop ? code - 1 : code);

    private int[] ReadDropped(EstimatorNode node)
    {
        var name = node.Has("_drop_idx_after_grouping") ? "_drop_idx_after_grouping" : "drop_idx_";
        if (node.Optional(name) is null)
        {
            return [.. Enumerable.Repeat(-1, _tables.Length)];
        }

        var items = node.List(name);
        if (items.Count != _tables.Length)
        {
            throw node.Error($"'{name}' has {items.Count} entries for {_tables.Length} columns");
        }

        return [.. items.Select((item, i) => item is null ? -1
            : EstimatorNode.AsInteger(item) is { } drop && drop >= 0 && drop < _tables[i].Count ? (int)drop
            : throw node.Error($"'{name}' drops {Describe.Value(item)} of the {_tables[i].Count} categories of column {i}"))];
    }
}
