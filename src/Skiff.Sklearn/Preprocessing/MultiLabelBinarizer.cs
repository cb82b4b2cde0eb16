using System.Buffers.Text;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary><c>MultiLabelBinarizer</c>: a column for every label, one where a row's list has it; a label that was never trained on has none.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/preprocessing/_label.py</c>, <c>MultiLabelBinarizer._transform</c>; the same since 0.22. Labels are compared as keys of a
/// Python dict: 1, 1.0 and true are one, NaN is none.
/// </remarks>
internal sealed class MultiLabelBinarizer : JsonRowTransformer
{
    private readonly Dictionary<byte[], int> _texts = new(Utf8Comparer.Instance);
    private readonly Dictionary<long, int> _integers = [];
    private readonly Dictionary<double, int> _fractions = [];
    private readonly int _width;
    private readonly bool _isSparse;

    private MultiLabelBinarizer(EstimatorNode node)
    {
        var labels = node.Labels("classes_");
        _width = labels.Count;
        _isSparse = node.Flag("sparse_output");
        for (var i = 0; i < labels.Count; i++)
        {
            switch (labels.Values[i])
            {
                case string text:
                    _texts[Utf8.GetBytes(text)] = i;
                    break;
                case double number when !IsInteger(number):
                    AddFraction(number, i);
                    break;
                case var integer:
                    _integers[integer switch { bool flag => flag ? 1 : 0, double number => (long)number, _ => (long)integer }] = i;
                    break;
            }
        }
    }

    protected override bool TakesObjects => false;

    public static Estimator Read(EstimatorNode node) => new MultiLabelBinarizer(node);

    public override BlockKind Produces(BlockKind input) => _isSparse ? BlockKind.Csr : BlockKind.Dense;

    public override int Width(int inputWidth) => _width;

    protected override void AddRow(ReadOnlySpan<byte> json, JsonRowState state, Block y)
    {
        state.Columns.Clear();
        var scanner = new JsonScanner(json);
        var more = scanner.Enter((byte)']');
        while (more)
        {
            scanner.ReadValue(out var label);
            scanner.ReadSeparator((byte)']', out more);
            var column = Find(label.Of(json), label.Kind, state);
            if (column >= 0)
            {
                state.Columns.Add(column);
            }
        }

        state.Columns.Write(y, state.Row);
    }

    // A NaN is equal to no other.
    private void AddFraction(double number, int column)
    {
        if (!double.IsNaN(number))
        {
            _fractions[number] = column;
        }
    }

    private int Find(ReadOnlySpan<byte> label, JsonKind kind, JsonRowState state) => kind switch
    {
        JsonKind.Text => _texts.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(JsonText.Content(label, state.Unescaped), out var column) ? column : -1,
        JsonKind.Number => FindNumber(label),
        JsonKind.Boolean => _integers.GetValueOrDefault(label[0] == 't' ? 1 : 0, -1),
        JsonKind.Null => -1,
        _ => throw state.Refuse($"{JsonRowState.Word(kind)} was given where MultiLabelBinarizer takes a list of texts or numbers"),
    };

    private int FindNumber(ReadOnlySpan<byte> label)
    {
        // Beyond 2^53 not every integer is a double.
        if (Utf8Parser.TryParse(label, out long integer, out var length) && length == label.Length)
        {
            return _integers.GetValueOrDefault(integer, -1);
        }

        var number = JsonNumber.Parse(label);
        return IsInteger(number) ? _integers.GetValueOrDefault((long)number, -1) : _fractions.GetValueOrDefault(number, -1);
    }

    private static bool IsInteger(double number) => Math.Truncate(number) == number && Math.Abs(number) < long.MaxValue;
}
