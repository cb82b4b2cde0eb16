using System.Collections.Concurrent;
using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>A pure Python function, ready to be called. Immutable and safe to call from any thread; calls share nothing.</summary>
public sealed class PyFunction
{
    private const long StepsPerRow = 20_000;
    private const long BytesPerRow = 64 * 1024;

    private readonly PyValue _function;
    private readonly PyValue[] _globals;
    private readonly bool _writesGlobals;
    private readonly PyBudgetOptions _budget;
    private readonly ConcurrentBag<PyContext> _contexts = [];

    internal PyFunction(string fileName, string name, PyValue function, PyValue[] globals, bool writesGlobals, PyBudgetOptions budget)
    {
        FileName = fileName;
        Name = name;
        _function = function;
        _globals = globals;
        _writesGlobals = writesGlobals;
        _budget = budget;
    }

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>The file it came from.</summary>
    public string FileName { get; }

    /// <summary>Calls the function with a str and appends the str it returns.</summary>
    /// <param name="text">The argument, in UTF-8 (lone surrogates as three bytes).</param>
    /// <param name="destination">Takes the answer; unchanged where the call fails.</param>
    /// <param name="steps">Told, as it goes, of about how many nanoseconds of work were done; an exception that it throws ends the call.</param>
    /// <exception cref="PyRaisedException">The function raised an exception, or returned something other than a str (a TypeError).</exception>
    /// <exception cref="PyBudgetException">The function ran past its budget.</exception>
    public void CallText(ReadOnlySpan<byte> text, ByteBuffer destination, Action<long>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var ctx = Begin(steps);
        try
        {
            var answer = Caller.Call(ctx, _function, ctx.NewStr(text));
            destination.Append(ExpectStr(ctx, answer, "a str").Span);
        }
        catch (PyError error)
        {
            throw Raised(ctx, error);
        }
        finally
        {
            End(ctx);
        }
    }

    /// <summary>Calls the function with a str and appends each str of the list (or other iterable) it returns.</summary>
    /// <param name="text">The argument, in UTF-8.</param>
    /// <param name="destination">Takes the answer.</param>
    /// <param name="steps">Told, as it goes, of about how many nanoseconds of work were done; an exception that it throws ends the call.</param>
    /// <exception cref="PyRaisedException">The function raised an exception, or returned something other than strs (a TypeError).</exception>
    /// <exception cref="PyBudgetException">The function ran past its budget.</exception>
    public void CallTokens(ReadOnlySpan<byte> text, PyTokenList destination, Action<long>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var ctx = Begin(steps);
        try
        {
            AppendTexts(ctx, Caller.Call(ctx, _function, ctx.NewStr(text)), destination);
        }
        catch (PyError error)
        {
            throw Raised(ctx, error);
        }
        finally
        {
            End(ctx);
        }
    }

    /// <summary>Calls the function once with a whole column and appends the texts it returns. The budget grows with the rows.</summary>
    /// <param name="texts">The column.</param>
    /// <param name="kind">What the function sees it as.</param>
    /// <param name="destination">Takes the answer.</param>
    /// <param name="steps">Told, as it goes, of about how many nanoseconds of work were done; an exception that it throws ends the call.</param>
    /// <exception cref="PyRaisedException">The function raised an exception, or returned something other than texts (a TypeError).</exception>
    /// <exception cref="PyBudgetException">The function ran past its budget.</exception>
    public void CallTexts(PyTokenList texts, PyColumnKind kind, PyTokenList destination, Action<long>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(destination);
        var ctx = Begin(steps);
        try
        {
            ctx.Extend(texts.Count * StepsPerRow, texts.Count * BytesPerRow);
            var items = new PyList(texts.Count);
            for (var i = 0; i < texts.Count; i++)
            {
                items.Add(ctx, texts.IsMissing(i) ? PyValue.None : ctx.NewStr(texts[i]));
            }

            PyValue column = kind == PyColumnKind.List ? items : new PyColumn(items.Items, items.Count, kind);
            AppendTexts(ctx, Caller.Call(ctx, _function, column), destination);
        }
        catch (PyError error)
        {
            throw Raised(ctx, error);
        }
        finally
        {
            End(ctx);
        }
    }

    /// <summary>Calls the function once with numbers, and takes the numbers it returns. The budget grows with the rows.</summary>
    /// <param name="numbers">The numbers; the function may change its own copy.</param>
    /// <param name="names">The columns' names, where the function sees a pandas DataFrame; null where it sees a numpy array.</param>
    /// <param name="steps">Told, as it goes, of about how many nanoseconds of work were done; an exception that it throws ends the call.</param>
    /// <returns>An array or a DataFrame of numbers, with two dimensions.</returns>
    /// <exception cref="PyRaisedException">The function raised an exception, or returned something other than such numbers (a TypeError).</exception>
    /// <exception cref="PyBudgetException">The function ran past its budget.</exception>
    public PyNumbers CallNumbers(PyNumbers numbers, IReadOnlyList<string>? names, Action<long>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var ctx = Begin(steps);
        try
        {
            ctx.Extend(numbers.Rows * StepsPerRow, numbers.Rows * BytesPerRow);
            var array = PyArray.Make(ctx, 2, numbers.Rows, numbers.Columns, PyNumberType.Float);
            numbers.Values.Span.CopyTo(array.Data);
            var answer = Caller.Call(ctx, _function, names is null ? array : AsFrame(ctx, array, names));
            var given = ArrayValues.Find(ctx, answer) ?? throw ctx.TypeError($"the function returned '{TypeNames.Of(answer)}' where the model wants numbers");
            return given.Rank == 2
                ? new PyNumbers(given.Rows, given.Columns, given.Data)
                : throw ctx.TypeError("the function returned one dimension where the model wants two: end with .reshape(-1, 1), or .to_frame()");
        }
        catch (PyError error)
        {
            throw Raised(ctx, error);
        }
        finally
        {
            End(ctx);
        }
    }

    /// <summary>Calls the function with a str and answers the <c>repr()</c> of what it returns.</summary>
    internal string CallRepr(ReadOnlySpan<byte> text)
    {
        var ctx = Begin();
        try
        {
            return Text.Repr(ctx, Caller.Call(ctx, _function, ctx.NewStr(text))).Obj!.ToString()!;
        }
        catch (PyError error)
        {
            throw Raised(ctx, error);
        }
        finally
        {
            End(ctx);
        }
    }

    private static PyFrame AsFrame(PyContext ctx, PyArray array, IReadOnlyList<string> names)
    {
        var frame = new PyFrame(array.Rows);
        for (var j = 0; j < array.Columns; j++)
        {
            frame.Add(names[j], ArraySubscripts.Column(ctx, array, j).As(isSeries: true));
        }

        return frame;
    }

    private PyContext Begin(Action<long>? steps = null)
    {
        if (!_contexts.TryTake(out var ctx))
        {
            ctx = new PyContext(pooled: true);
        }

        ctx.Begin(_budget, _writesGlobals ? [.. _globals] : _globals, steps);
        return ctx;
    }

    private void End(PyContext ctx)
    {
        ctx.End();
        _contexts.Add(ctx);
    }

    private static void AppendTexts(PyContext ctx, PyValue answer, PyTokenList destination)
    {
        if (answer.Kind == PyKind.Str || !Iteration.Can(answer))
        {
            throw ctx.TypeError($"the function returned '{TypeNames.Of(answer)}' where the model wants a list of str");
        }

        var iterator = Iteration.Get(ctx, answer);
        while (iterator.MoveNext(ctx, out var item))
        {
            if (item.IsNone)
            {
                destination.AddMissing();
            }
            else
            {
                destination.Add(ExpectStr(ctx, item, "a list of str").Span);
            }
        }
    }

    private static PyStr ExpectStr(PyContext ctx, PyValue value, string wanted)
        => value.Obj as PyStr ?? throw ctx.TypeError($"the function returned '{TypeNames.Of(value)}' where the model wants {wanted}");

    private PyRaisedException Raised(PyContext ctx, PyError error)
        => new(error.Value.Type.Name, Text.OfException(ctx, error.Value).ToString(), FileName, error.Line);
}
