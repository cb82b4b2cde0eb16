using System.Runtime.CompilerServices;
using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>All that one running call owns: its budget, its texts, its frames and its scratch memory. Used by one thread at a time and then again.</summary>
internal sealed class PyContext
{
    private const int MaximumNesting = 64;
    private const int MaximumKeptStack = 1024;

    // Where somebody watches, steps are taken in slices, after each of which they are told.
    private const long StepsPerSlice = 1024;

    // Of a step, for whoever watches.
    private const long WorkPerStep = 20;

    private readonly StrArena _arena;
    private readonly Stack<ByteBuffer> _buffers = new();
    private PyBudgetOptions _budget = PyBudgetOptions.Default;
    private Frame[] _frames = [];
    private Action<long>? _watch;
    private long _steps;
    private long _stepsBeyond;
    private long _slice;
    private long _bytes;
    private int _depth;
    private int _nesting;

    public PyContext(bool pooled)
    {
        _arena = new StrArena(pooled);
    }

    /// <summary>The line that runs, for messages.</summary>
    public int Line;

    /// <summary>The module's variables.</summary>
    public PyValue[] Globals = [];

    /// <summary>Arguments on their way into calls.</summary>
    public PyValue[] Stack = new PyValue[64];

    public int Top;

    public RegexState Regex { get; } = new();

    /// <summary>Begins a call.</summary>
    /// <param name="budget">What it may use up.</param>
    /// <param name="globals">The module's variables.</param>
    /// <param name="watch">Told of the work as it goes; ends the call by an exception of its own.</param>
    public void Begin(PyBudgetOptions budget, PyValue[] globals, Action<long>? watch = null)
    {
        _budget = budget;
        _watch = watch;
        (_steps, _stepsBeyond, _slice) = (0, budget.Steps, 0);
        _bytes = budget.Bytes;
        _depth = 0;
        _nesting = 0;
        Top = 0;
        Line = 0;
        Globals = globals;
    }

    /// <summary>Ends a call: what it made is gone.</summary>
    public void End()
    {
        if (Stack.Length > MaximumKeptStack)
        {
            Stack = new PyValue[64];
        }

        Array.Clear(Stack);
        foreach (var frame in _frames)
        {
            frame?.Clear();
        }

        _watch = null;
        _arena.Reset();
        Regex.EndCall();
    }

    /// <summary>Adds to the budget, for a call that works on many rows.</summary>
    public void Extend(long steps, long bytes)
    {
        _stepsBeyond += steps;
        _bytes += bytes;
    }

    public long StepsLeft => _steps + _stepsBeyond;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        if (--_steps < 0)
        {
            NextSlice();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(long count)
    {
        _steps -= count;
        if (_steps < 0)
        {
            NextSlice();
        }
    }

    /// <summary>Counts memory about to be made, before it is made, and the work of filling it.</summary>
    public void Charge(long bytes)
    {
        _bytes -= bytes;
        if (_bytes < 0 || bytes < 0)
        {
            throw new PyBudgetException($"line {Line}: the function made more than {_budget.Bytes} bytes (PyBudgetOptions.Bytes)");
        }

        Step(bytes >> 7);
    }

    /// <summary>Refuses work of a size that no budget has, before it is begun.</summary>
    public void ChargeItems(Int128 count, int bytesEach)
    {
        var bytes = count * bytesEach;
        Charge(bytes > long.MaxValue / 4 ? long.MaxValue / 4 : (long)bytes);
    }

    public PyStr NewStr(ReadOnlySpan<byte> bytes)
    {
        Charge(bytes.Length + 40);
        return _arena.Copy(bytes);
    }

    public PyStr NewStr(ReadOnlySpan<byte> bytes, int count)
    {
        Charge(bytes.Length + 40);
        return _arena.Copy(bytes, count);
    }

    public PyStr NewStr(string text) => NewStr(Utf8.GetBytes(text));

    public PyStr View(PyStr whole, int offset, int length, int count)
    {
        Charge(40);
        return _arena.View(whole, offset, length, count);
    }

    public PyStr View(PyStr whole, int offset, int length)
        => View(whole, offset, length, whole.IsAscii ? length : PyStr.CountOf(whole.Span.Slice(offset, length)));

    public PyStr Concat(PyStr left, PyStr right)
    {
        if (left.Length == 0)
        {
            return right;
        }

        if (right.Length == 0)
        {
            return left;
        }

        Charge((left.Tail is null ? left.Length : 0) + right.Length + 40);
        return _arena.Concat(left, right);
    }

    public ByteBuffer RentBuffer()
    {
        if (!_buffers.TryPop(out var buffer))
        {
            return new ByteBuffer(512);
        }

        buffer.Clear();
        return buffer;
    }

    public void ReturnBuffer(ByteBuffer buffer)
    {
        buffer.Trim(64 * 1024);
        _buffers.Push(buffer);
    }

    /// <summary>The text in a rented buffer, which goes back.</summary>
    public PyStr TakeStr(ByteBuffer buffer)
    {
        var text = NewStr(buffer.Written);
        ReturnBuffer(buffer);
        return text;
    }

    public void Push(PyValue value)
    {
        if (Top == Stack.Length)
        {
            Charge(Stack.Length * 16L);
            Array.Resize(ref Stack, Stack.Length * 2);
        }

        Stack[Top++] = value;
    }

    public Frame EnterFrame(int slots)
    {
        Step();
        if (_depth >= _budget.CallDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new PyBudgetException($"line {Line}: functions call each other more than {_depth} deep (PyBudgetOptions.CallDepth)");
        }

        if (_depth >= _frames.Length)
        {
            Array.Resize(ref _frames, Math.Max(8, _frames.Length * 2));
        }

        var frame = _frames[_depth] ??= new Frame(this);
        _depth++;
        frame.Prepare(slots);
        return frame;
    }

    public void LeaveFrame() => _depth--;

    /// <summary>
    /// Guards what is nested as deep as it is long in the source: chains of operators, calls and subscripts, whose depths multiply with that of brackets.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new PyBudgetException($"line {Line}: expressions and calls are nested deeper than the stack allows");
        }
    }

    /// <summary>Guards what descends into nested values: repr, comparison, hashing.</summary>
    public void Descend()
    {
        if (++_nesting > MaximumNesting)
        {
            throw new PyBudgetException($"line {Line}: values are nested more than {MaximumNesting} deep");
        }
    }

    public void Ascend() => _nesting--;

    /// <summary>Where the call stands, for a handler to come back to.</summary>
    public (int Top, int Depth, int Nesting) Mark() => (Top, _depth, _nesting);

    /// <summary>Comes back to where a handler stands.</summary>
    public void Unwind((int Top, int Depth, int Nesting) mark) => (Top, _depth, _nesting) = mark;

    public PyError Error(PyExceptionType type, string message)
        => new(new PyExceptionValue(type, [new PyValue(NewStr(message))]), Line);

    public PyError TypeError(string message) => Error(PyExceptionType.TypeError, message);

    public PyError ValueError(string message) => Error(PyExceptionType.ValueError, message);

    public PyError IndexError(string message) => Error(PyExceptionType.IndexError, message);

    public PyError KeyError(PyValue key) => new(new PyExceptionValue(PyExceptionType.KeyError, [key]), Line);

    public PyError FrozenError(string what)
        => Error(PyExceptionType.RuntimeError, $"a {what} of the module cannot be changed by a call: calls share it (change it at the top level of the file, or copy it first)");

    // The steps are below zero by what the slice did not hold.
    private void NextSlice()
    {
        var left = _stepsBeyond + _steps;
        if (left < 0)
        {
            throw OutOfSteps();
        }

        // Nothing is done yet where the first slice begins.
        var done = _slice == 0 ? 0 : _slice - _steps;
        _slice = _watch is null ? left : Math.Min(left, StepsPerSlice);
        (_steps, _stepsBeyond) = (_slice, left - _slice);
        if (done > 0)
        {
            _watch?.Invoke(done * WorkPerStep);
        }
    }

    private PyBudgetException OutOfSteps()
    {
        (_steps, _stepsBeyond, _slice) = (0, 0, 0);
        return new PyBudgetException($"line {Line}: the function took more than {_budget.Steps} steps (PyBudgetOptions.Steps)");
    }
}
