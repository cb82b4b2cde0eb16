using System.Globalization;
using System.Text;
using nietras.SeparatedValues;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Cli;

/// <summary>The rows of a CSV file. Its first line names the columns, in any order; columns that the model does not look at are left aside.</summary>
internal sealed class CsvRows : RowSource
{
    private readonly SepReader _reader;
    private readonly string _name;
    private readonly InputPlan _plan;
    private readonly int _width;

    // For each of the file's columns that of the model, or -1; null where the rows are by position.
    private readonly int[]? _columns;
    private bool _isFirstRow;

    public CsvRows(Stream stream, string name, InputPlan plan, char separator, bool hasHeader)
    {
        _name = name;
        _plan = plan;
        _reader = Guard(() => Sep.New(separator)
            .Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true })
            .From(new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true))));
        if (!Guard(_reader.MoveNext))
        {
            return;
        }

        _width = _reader.Current.ColCount;
        if (hasHeader)
        {
            _columns = Bind(Header(_reader.Current), separator);
        }
        else
        {
            _isFirstRow = true;
        }
    }

    public override bool TryWrite(TableWriter writer)
    {
        while (_isFirstRow || Guard(_reader.MoveNext))
        {
            _isFirstRow = false;
            var row = _reader.Current;
            Line = row.LineNumberFrom;
            if (row.ColCount == 1 && _width > 1 && row[0].Span.IsEmpty)
            {
                continue;
            }

            Write(writer, row);
            return true;
        }

        return false;
    }

    public override void Dispose() => _reader.Dispose();

    private void Write(TableWriter writer, SepReader.Row row)
    {
        if (row.ColCount != _width)
        {
            throw new CommandException(string.Create(
                CultureInfo.InvariantCulture, $"{_name}, line {Line}: the line has {row.ColCount} cells, the first one has {_width}; a cell with a separator in it needs quotes"));
        }

        writer.BeginRow();
        for (var i = 0; i < row.ColCount; i++)
        {
            var column = _columns is null ? writer.NextColumn() : _columns[i];
            if (column >= 0)
            {
                writer.SetFromText(column, row[i].Span);
            }
        }

        writer.EndRow();
    }

    private static string[] Header(SepReader.Row row)
    {
        var names = new string[row.ColCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = row[i].ToString();
        }

        return names;
    }

    private int[]? Bind(string[] names, char separator)
    {
        var input = _plan.Input;
        if (input.Form is InputForm.Text or InputForm.Json && names.Length == 1)
        {
            return [0];
        }

        var columns = Array.ConvertAll(names, name => _plan.Find(Utf8.GetBytes(name)));
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] >= 0 && Array.IndexOf(columns, columns[i]) < i)
            {
                throw new CommandException($"{_name}: the column '{names[i]}' is there twice");
            }
        }

        var missing = Enumerable.Range(0, input.Columns.Count).Where(column => input.Columns[column].IsUsed && !columns.Contains(column)).ToList();
        if (missing.Count == 0 && input.Columns.Count > 0)
        {
            return columns;
        }

        // A model without names of its own takes columns by position.
        return !input.HasNames && input.Form is not (InputForm.Text or InputForm.Json) && (names.Length == input.Columns.Count || input.Columns.Count == 0)
            ? null
            : throw new CommandException(Lacks(names, missing.Select(column => input.Columns[column].Name), separator));
    }

    private string Lacks(string[] names, IEnumerable<string> missing, char separator)
    {
        var other = names.Length == 1 ? ";\t|,".FirstOrDefault(candidate => candidate != separator && names[0].Contains(candidate, StringComparison.Ordinal)) : default;
        var way = other == default ? string.Empty : $"; if its separator is '{(other == '\t' ? "\\t" : other)}', say so with --separator";
        return !_plan.Input.HasNames && _plan.Input.Form == InputForm.Matrix
            ? string.Create(CultureInfo.InvariantCulture, $"{_name}: the model takes {_plan.Input.Columns.Count} numbers a row by position, the file has {names.Length} columns{way}")
            : $"{_name}: the first line lacks {InputText.Names(missing.Select(name => $"'{name}'"))}, which the model takes; it has {InputText.Names(names.Select(name => $"'{name}'"))}{way}";
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException e)
        {
            throw new CommandException($"{_name}: the file is not UTF-8", e);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException)
        {
            throw new CommandException($"{_name}: {e.Message}", e);
        }
    }
}
