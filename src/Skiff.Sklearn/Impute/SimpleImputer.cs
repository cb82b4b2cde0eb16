using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary><c>SimpleImputer</c>: puts a column's mean, median, most frequent value or a constant where its value is missing.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/impute/_base.py</c>, <c>SimpleImputer.transform</c>. Columns without any value in the training data are left
/// out; with <c>strategy='constant'</c> they stay before 1.8, and with <c>keep_empty_features=True</c> (since 1.2) always.
/// </remarks>
internal sealed class SimpleImputer : Transformer
{
    private readonly Statistic[] _statistics;
    private readonly MissingValue _missing;
    private readonly int[] _kept;
    private readonly int[] _indicated;

    private SimpleImputer(EstimatorNode node)
    {
        _missing = MissingValue.Read(node);
        _statistics = ReadStatistics(node);
        _kept = [.. Enumerable.Range(0, _statistics.Length).Where(i => !_statistics[i].IsDropped)];
        if (node.FeatureCount >= 0 && node.FeatureCount != _statistics.Length)
        {
            throw node.Error($"'statistics_' has {_statistics.Length} values for {node.FeatureCount} features");
        }

        FeatureNames = node.FeatureNames;
        _indicated = MissingIndicator.ReadAdded(node, _statistics.Length);
    }

    public override BlockKind? Input => BlockKind.Frame;

    public override int FeatureCount => _statistics.Length;

    public override IReadOnlyList<string>? FeatureNames { get; }

    public static Estimator Read(EstimatorNode node) => new SimpleImputer(node);

    public override ColumnNeed Need(int column) => (uint)column >= (uint)_statistics.Length ? ColumnNeed.Any
        : _statistics[column].Text is not null ? ColumnNeed.Text
        : _statistics[column].IsDropped || double.IsNaN(_statistics[column].Number) ? _missing.Need
        : ColumnNeed.Number;

    public override int OutputColumn(int column) => Array.IndexOf(_kept, column);

    public override void CheckInput(BlockKind kind)
    {
        if (kind != BlockKind.Csr)
        {
            base.CheckInput(kind);
        }
        else if (_indicated.Length > 0)
        {
            throw new ModelLoadException("SimpleImputer with add_indicator=True over sparse rows is not supported");
        }
    }

    public override BlockKind Produces(BlockKind input) => input;

    public override BlockKind Produces(Block x)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(SimpleImputer));
        return x is FrameBlock frame && !Columns.HasText(frame, _kept) ? BlockKind.Dense : x.Kind;
    }

    public override int Width(int inputWidth) => _kept.Length + _indicated.Length;

    public override void Transform(Block x, Block y, Scratch scratch)
    {
        Columns.RequireWidth(x, FeatureCount, nameof(SimpleImputer));
        _missing.Check(x, nameof(SimpleImputer));
        y.IsSingle = x.IsSingle;
        switch (y)
        {
            case DenseBlock dense:
                FillNumbers(x, dense);
                break;
            case CsrBlock sparse:
                FillSparse((CsrBlock)x, sparse);
                break;
            default:
                FillFrame((FrameBlock)x, (FrameBlock)y, scratch);
                break;
        }
    }

    private static Statistic[] ReadStatistics(EstimatorNode node)
    {
        var values = node.List("statistics_");
        var keepsEmpty = node.Flag("keep_empty_features", false)
            || (node.Text("strategy", "callable") == "constant" && node.Version < new SklearnVersion(1, 8));
        return [.. values.Select(value => value switch
        {
            string text => new Statistic(false, 0, Utf8.GetBytes(text)),
            null or PyGlobal { Name: "NA" } => new Statistic(!keepsEmpty, double.NaN, null),
            _ when EstimatorNode.AsNumber(value) is { } number => new Statistic(double.IsNaN(number) && !keepsEmpty, number, null),
            _ => throw node.Error($"'statistics_' holds {Describe.Value(value)}; expected numbers or texts"),
        })];
    }

    private void FillNumbers(Block x, DenseBlock y)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var cells = y.Row(row);
            for (var i = 0; i < _kept.Length; i++)
            {
                cells[i] = Fill(x.Column(_kept[i]).Number(row), _kept[i], x.IsSingle);
            }

            Indicate(x, row, cells[_kept.Length..]);
        }
    }

    private void FillSparse(CsrBlock x, CsrBlock y)
    {
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.Indices(row);
            var values = x.Values(row);
            for (var i = 0; i < indices.Length; i++)
            {
                var column = _kept.Length == _statistics.Length ? indices[i] : Array.BinarySearch(_kept, indices[i]);
                if (column >= 0)
                {
                    y.Append(column, Fill(values[i], indices[i], x.IsSingle));
                }
            }

            y.EndRow();
        }
    }

    // Columns of numbers go side by side into one block, each column of texts into one of its own.
    private void FillFrame(FrameBlock x, FrameBlock y, Scratch scratch)
    {
        var numbers = scratch.Dense(x.Rows, _kept.Length + _indicated.Length);
        for (var i = 0; i < _kept.Length; i++)
        {
            var column = x[_kept[i]];
            if (column.Kind == ColumnKind.Text)
            {
                y.Add(new FrameColumn(FillTexts(column.Texts, _kept[i], scratch), 0));
                continue;
            }

            for (var row = 0; row < x.Rows; row++)
            {
                numbers.Row(row)[i] = Fill(column.Number(row), _kept[i], false);
            }

            y.Add(new FrameColumn(numbers, i));
        }

        for (var row = 0; row < x.Rows; row++)
        {
            Indicate(x, row, numbers.Row(row)[_kept.Length..]);
        }

        for (var i = 0; i < _indicated.Length; i++)
        {
            y.Add(new FrameColumn(numbers, _kept.Length + i));
        }
    }

    private TextBlock FillTexts(TextBlock x, int column, Scratch scratch)
    {
        var y = scratch.Text();
        for (var row = 0; row < x.Rows; row++)
        {
            if (!_missing.Is(x, row))
            {
                y.Append(x.Text(row));
            }
            else if (_statistics[column].Text is { } text)
            {
                y.Append(text);
            }
            else
            {
                y.AppendMissing();
            }
        }

        return y;
    }

    private double Fill(double value, int column, bool isSingle)
    {
        if (!_missing.Is(value))
        {
            return value;
        }

        return isSingle ? (float)_statistics[column].Number : _statistics[column].Number;
    }

    private void Indicate(Block x, int row, Span<double> y)
    {
        for (var i = 0; i < _indicated.Length; i++)
        {
            y[i] = MissingIndicator.IsMissing(_missing, x.Column(_indicated[i]), row) ? 1 : 0;
        }
    }
}
