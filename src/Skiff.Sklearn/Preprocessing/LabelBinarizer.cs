using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>LabelBinarizer</c>: a column for every label, one for two labels; a label that is none of them has no column of its own.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_label.py</c>, <c>label_binarize</c>; the same since 0.22. There two labels make two columns when a
/// batch holds a third one that was never trained on; here one column always, so that an answer does not depend on its company.
/// </remarks>
internal sealed class LabelBinarizer : Transformer
{
    private readonly LabelSet _labels;
    private readonly Dictionary<byte[], int> _texts = new(Utf8Comparer.Instance);
    private readonly Dictionary<double, int> _numbers = new(ScatteredDoubles.Instance);
    private readonly double _negative;
    private readonly double _positive;
    private readonly bool _isSparse;

    private LabelBinarizer(EstimatorNode node)
    {
        _labels = node.Labels("classes_");
        _negative = node.Number("neg_label");
        _positive = node.Number("pos_label");
        _isSparse = node.Flag("sparse_output");
        if (node.Text("y_type_") is var type and not ("binary" or "multiclass"))
        {
            throw node.Error($"it was fitted on labels of the type '{type}'; binary and multiclass can be served");
        }

        if (_isSparse && _negative != 0)
        {
            throw node.Error($"'sparse_output' needs 'neg_label' 0; it is {PyFloat.Format(_negative)}");
        }

        for (var i = 0; i < _labels.Count; i++)
        {
            if (_labels.Kind == LabelKind.Text)
            {
                _texts.TryAdd(_labels.Utf8Text(i).ToArray(), i);
            }
            else
            {
                _numbers.TryAdd(EstimatorNode.AsNumber(_labels.Values[i]) ?? double.NaN, i);
            }
        }
    }

    public override BlockKind? Input => _labels.Kind == LabelKind.Text ? BlockKind.Text : BlockKind.Dense;

    public override int FeatureCount => 1;

    public static Estimator Read(EstimatorNode node) => new LabelBinarizer(node);

    public override BlockKind Produces(BlockKind input) => _isSparse ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => _labels.Count <= 2 ? 1 : _labels.Count;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, 1, nameof(LabelBinarizer));
        for (var row = 0; row < x.Rows; row++)
        {
            WriteRow(Column(x.Column(0), row), row, y);
        }
    }

    private void WriteRow(int column, int row, Block y)
    {
        if (y is DenseBlock dense)
        {
            dense.Row(row).Fill(_negative);
            if (column >= 0)
            {
                dense.Row(row)[column] = _positive;
            }

            return;
        }

        if (column >= 0)
        {
            ((CsrBlock)y).Append(column, _positive);
        }

        ((CsrBlock)y).EndRow();
    }

    // The column that stands for a row's label; -1 where none does.
    private int Column(in FrameColumn cells, int row)
    {
        var index = cells.Kind == ColumnKind.Text
            ? cells.Texts.IsMissing(row) ? -1 : _texts.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(cells.Texts.Text(row), out var text) ? text : -1
            : _numbers.TryGetValue(cells.Number(row), out var number) ? number : -1;
        return _labels.Count > 2 ? index : index == 1 ? 0 : -1;
    }
}
