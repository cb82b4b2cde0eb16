using System.Globalization;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Server;

namespace Skiff.Cli;

/// <summary>
/// Answers as CSV (RFC 4180): a column an output, or several where it has several cells a row, named after the label where there is one
/// (<c>predict_proba.positive</c>) and by place elsewhere (<c>transform.0</c>). Numbers as Python writes them; NaN is an empty cell.
/// </summary>
internal sealed class CsvAnswers(Stream output, IReadOnlyList<ModelOutput> wanted, LabelSet? classes, char separator) : AnswerSink(output, wanted)
{
    private double[] _dense = [];

    protected override void WriteRow(Results results, int row)
    {
        for (var i = 0; i < Wanted.Count; i++)
        {
            ref readonly var result = ref results[Find(results, Wanted[i])];
            if (result.Numbers is null)
            {
                AppendCodes(result.Codes.AsSpan(row * result.Columns, result.Columns), Labels(result.Output), isFirst: i == 0);
            }
            else
            {
                AppendNumbers(Cells(result, row), isFirst: i == 0);
            }
        }

        Buffer.Append((byte)'\n');
    }

    protected override void AppendLabel(ByteBuffer buffer, LabelSet labels, int index)
    {
        if (labels.Kind == LabelKind.Text)
        {
            AppendField(buffer, labels.Utf8Text(index), separator);
        }
        else
        {
            base.AppendLabel(buffer, labels, index);
        }
    }

    // From the first answer: how many columns a model gives is not always known before.
    protected override void Begin(Results results)
    {
        for (var i = 0; i < Wanted.Count; i++)
        {
            ref readonly var result = ref results[Find(results, Wanted[i])];
            for (var column = 0; column < result.Columns; column++)
            {
                if (i > 0 || column > 0)
                {
                    Buffer.Append((byte)separator);
                }

                AppendField(Buffer, Utf8.GetBytes(Name(result, column)), separator);
            }
        }

        Buffer.Append((byte)'\n');
    }

    private string Name(in Result result, int column)
    {
        var output = result.Output;
        if (output.Columns == 0)
        {
            return output.Name;
        }

        var isByClass = classes is not null && classes.Count == result.Columns
            && output.Method is Methods.PredictProba or Methods.PredictLogProba or Methods.DecisionFunction;
        return $"{output.Name}.{(isByClass ? Label(classes!.Values[column]) : column.ToString(CultureInfo.InvariantCulture))}";
    }

    private static string Label(object label) => label switch
    {
        double number => PyFloat.Format(number),
        bool flag => flag ? "true" : "false",
        _ => string.Create(CultureInfo.InvariantCulture, $"{label}"),
    };

    private ReadOnlySpan<double> Cells(in Result result, int row)
    {
        if (result.Numbers is DenseBlock dense)
        {
            return dense.Row(row);
        }

        var sparse = (CsrBlock)result.Numbers!;
        if (_dense.Length != sparse.Columns)
        {
            _dense = new double[sparse.Columns];
        }

        _dense.AsSpan().Clear();
        var columns = sparse.Indices(row);
        for (var i = 0; i < columns.Length; i++)
        {
            _dense[columns[i]] = sparse.Values(row)[i];
        }

        return _dense;
    }

    private void AppendNumbers(ReadOnlySpan<double> numbers, bool isFirst)
    {
        foreach (var number in numbers)
        {
            AppendSeparator(ref isFirst);
            if (!double.IsNaN(number))
            {
                var text = Buffer.GetSpan(PyFloat.MaxLength);
                Buffer.Advance(PyFloat.Format(number, text));
            }
        }
    }

    private void AppendCodes(ReadOnlySpan<int> codes, byte[][]? labels, bool isFirst)
    {
        foreach (var code in codes)
        {
            AppendSeparator(ref isFirst);
            if (labels is null)
            {
                AnswerWriter.AppendInteger(Buffer, code);
            }
            else
            {
                Buffer.Append(labels[code]);
            }
        }
    }

    private void AppendSeparator(ref bool isFirst)
    {
        if (!isFirst)
        {
            Buffer.Append((byte)separator);
        }

        isFirst = false;
    }

    private static void AppendField(ByteBuffer buffer, ReadOnlySpan<byte> text, char separator)
    {
        if (text.IndexOfAny("\"\r\n"u8) < 0 && text.IndexOf((byte)separator) < 0)
        {
            buffer.Append(text);
            return;
        }

        buffer.Append((byte)'"');
        foreach (var b in text)
        {
            if (b == '"')
            {
                buffer.Append((byte)'"');
            }

            buffer.Append(b);
        }

        buffer.Append((byte)'"');
    }
}
