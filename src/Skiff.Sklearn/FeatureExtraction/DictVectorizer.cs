using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>DictVectorizer</c>: a column for every name with numbers, and one for every name and text.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/feature_extraction/_dict_vectorizer.py</c>, <c>DictVectorizer._transform</c>; the same since 0.22. A row's keys are
/// columns here: those before a separator hold texts, the others numbers. A key that a row does not have is a missing cell and gives zero, as does a
/// text that training did not see; a name that training did not see is no column. NaN and None as values are therefore absent keys, where
/// scikit-learn keeps them as NaN.
/// </remarks>
internal sealed class DictVectorizer : Transformer
{
    private readonly Entry[] _entries;
    private readonly int _width;
    private readonly bool _isSparse;
    private readonly bool _isSingle;

    private DictVectorizer(EstimatorNode node)
    {
        var separator = node.Text("separator");
        _isSparse = node.Flag("sparse");
        _isSingle = TypeName.IsSingle(node.Optional("dtype"));
        if (separator.Length == 0)
        {
            throw node.Error("'separator' is empty, so that names and texts cannot be told apart; fit it with one");
        }

        var names = node.Texts("feature_names_");
        _width = names.Count;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = new Dictionary<string, Dictionary<byte[], int>>(StringComparer.Ordinal);
        var order = new List<string>();
        for (var place = 0; place < names.Count; place++)
        {
            var at = names[place].IndexOf(separator, StringComparison.Ordinal);
            var key = at < 0 ? names[place] : names[place][..at];
            if (!numbers.ContainsKey(key) && !texts.ContainsKey(key))
            {
                order.Add(key);
            }

            if (at < 0)
            {
                numbers[key] = place;
                continue;
            }

            if (!texts.TryGetValue(key, out var known))
            {
                texts[key] = known = new Dictionary<byte[], int>(Utf8Comparer.Instance);
            }

            known[Utf8.GetBytes(names[place].AsSpan(at + separator.Length))] = place;
        }

        if (order.Find(key => numbers.ContainsKey(key) && texts.ContainsKey(key)) is { } both)
        {
            throw node.Error($"'{both}' has both numbers and texts; a column holds one of them");
        }

        _entries = [.. order.Select(key => new Entry(numbers.GetValueOrDefault(key, -1), texts.GetValueOrDefault(key)))];
        FeatureNames = order;
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount => _entries.Length;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new DictVectorizer(node);

    public override ColumnNeed Need(int column) => (uint)column >= (uint)_entries.Length ? ColumnNeed.Any : _entries[column].Texts is null ? ColumnNeed.Number : ColumnNeed.Text;

    public override BlockKind Produces(BlockKind input) => _isSparse ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => _width;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(DictVectorizer));
        y.IsSingle = _isSingle;
        var cells = y is DenseBlock ? default : scratch.Dense(1, _width).Row(0);
        for (var row = 0; row < x.Rows; row++)
        {
            var to = y is DenseBlock dense ? dense.Row(row) : cells;
            to.Clear();
            for (var i = 0; i < _entries.Length; i++)
            {
                Write(_entries[i], x.Column(i), row, to);
            }

            if (y is CsrBlock sparse)
            {
                Append(to, sparse);
            }
        }
    }

    private static void Write(Entry entry, in FrameColumn column, int row, Span<double> to)
    {
        if (entry.Texts is { } texts)
        {
            if (column.Kind == ColumnKind.Text && !column.Texts.IsMissing(row) && texts.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(column.Texts.Text(row), out var place))
            {
                to[place] = 1;
            }

            return;
        }

        var number = column.Kind == ColumnKind.Number ? column.Number(row) : double.NaN;
        to[entry.Number] = double.IsNaN(number) ? 0 : number;
    }

    private void Append(ReadOnlySpan<double> cells, CsrBlock y)
    {
        for (var place = 0; place < cells.Length; place++)
        {
            if (cells[place] != 0)
            {
                y.Append(place, _isSingle ? (float)cells[place] : cells[place]);
            }
        }

        y.EndRow();
    }

    private sealed record Entry(int Number, Dictionary<byte[], int>? Texts);
}
