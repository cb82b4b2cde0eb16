using System.Collections.Concurrent;
using Skiff.Models;
using Skiff.Numerics;
using Skiff.Python.Interpreter;

namespace Skiff.Sklearn;

/// <summary>A Python function, interpreted from its source.</summary>
internal sealed class InterpretedFunction : NamedFunction
{
    private static readonly PyColumnKind[] ColumnKinds = [PyColumnKind.List, PyColumnKind.Series, PyColumnKind.Array];

    private readonly PyFunction _function;
    private readonly ConcurrentBag<Columns> _columns = [];
    private readonly Lazy<PyColumnKind> _columnKind;

    public InterpretedFunction(string name, PyFunction function)
        : base(name)
    {
        _function = function;
        _columnKind = new Lazy<PyColumnKind>(FindColumnKind);
    }

    public override void CallText(ReadOnlySpan<byte> text, ByteBuffer destination, Action<long>? steps) => _function.CallText(text, destination, steps);

    public override void CallTokens(ReadOnlySpan<byte> text, TokenBuffer tokens, Action<long>? steps)
    {
        var columns = Take();
        _function.CallTokens(text, columns.Answer, steps);
        for (var i = 0; i < columns.Answer.Count; i++)
        {
            tokens.Add(columns.Answer[i]);
        }

        _columns.Add(columns);
    }

    public override bool TakesNumbers => true;

    public override PyNumbers CallNumbers(PyNumbers numbers, IReadOnlyList<string>? names, Action<long>? steps) => _function.CallNumbers(numbers, names, steps);

    public override void CallRows(TextBlock x, TextBlock y, Action<long>? steps)
    {
        var columns = Take();
        for (var row = 0; row < x.Rows; row++)
        {
            if (x.IsMissing(row))
            {
                columns.Rows.AddMissing();
            }
            else
            {
                columns.Rows.Add(x.Text(row));
            }
        }

        _function.CallTexts(columns.Rows, _columnKind.Value, columns.Answer, steps);
        if (columns.Answer.Count != x.Rows)
        {
            throw new InputException(InputErrorKind.Function, $"{Name} gave {columns.Answer.Count} texts for {x.Rows} rows");
        }

        for (var row = 0; row < x.Rows; row++)
        {
            if (columns.Answer.IsMissing(row))
            {
                y.AppendMissing();
            }
            else
            {
                y.Append(columns.Answer[row]);
            }
        }

        _columns.Add(columns);
    }

    // The file does not say what the function was trained with. A list is what a service hands over; a function that asks it for an attribute which
    // only a Series or an array has is given one of those.
    private PyColumnKind FindColumnKind()
    {
        var rows = new PyTokenList();
        rows.Add("a"u8);
        foreach (var kind in ColumnKinds)
        {
            try
            {
                _function.CallTexts(rows, kind, new PyTokenList());
                return kind;
            }
            catch (PyRaisedException e) when (e.TypeName == "AttributeError")
            {
                continue;
            }
            catch (PyRaisedException)
            {
                return kind;
            }
        }

        return PyColumnKind.List;
    }

    private Columns Take()
    {
        if (!_columns.TryTake(out var columns))
        {
            return new Columns();
        }

        columns.Rows.Clear();
        columns.Answer.Clear();
        return columns;
    }

    private sealed class Columns
    {
        public PyTokenList Rows { get; } = new();

        public PyTokenList Answer { get; } = new();
    }
}
