namespace Skiff.Pickle;

/// <summary>The stack, its marks and the memo.</summary>
internal sealed partial class PickleMachine
{
    private static readonly object Unset = new();

    private object?[] _stack = new object?[64];
    private int _top;
    private int[] _marks = new int[16];
    private int _markCount;

    private object?[] _memo = new object?[64];
    private long _memoCount;
    private Dictionary<long, object?>? _farMemo;

    /// <summary>Below here lies what an open mark protects.</summary>
    private int Floor => _markCount == 0 ? 0 : _marks[_markCount - 1];

    private void Push(object? value)
    {
        if (_top == _stack.Length)
        {
            GrowStack();
        }

        _stack[_top++] = value;
    }

    private object? Pop()
    {
        if (_top <= Floor)
        {
            throw Fail("The pickle is malformed: the stack is empty");
        }

        var value = _stack[--_top];
        _stack[_top] = null;
        return value;
    }

    private object? Peek() => _top > Floor ? _stack[_top - 1] : throw Fail("The pickle is malformed: the stack is empty");

    private void ReplaceTop(object? value)
    {
        _ = Peek();
        _stack[_top - 1] = value;
    }

    private void PushMark()
    {
        if (_markCount == _marks.Length)
        {
            if (_markCount >= _options.MaxStackDepth)
            {
                throw StackTooDeep();
            }

            _budget.Charge((long)sizeof(int) * _marks.Length, _opcodeOffset);
            Array.Resize(ref _marks, _marks.Length * 2);
        }

        _marks[_markCount++] = _top;
    }

    /// <summary>Takes what lies above the last mark, and the mark.</summary>
    private Span<object?> TakeMark()
    {
        if (_markCount == 0)
        {
            throw Fail("The pickle is malformed: there is no mark");
        }

        var mark = _marks[--_markCount];
        var items = _stack.AsSpan(mark, _top - mark);
        _top = mark;
        return items;
    }

    private void PopOne()
    {
        // As in Python: where nothing lies above a mark, POP takes the mark.
        if (_top == Floor && _markCount > 0)
        {
            _markCount--;
            return;
        }

        _ = Pop();
    }

    private void PopToMark() => TakeMark().Clear();

    private void GrowStack()
    {
        if (_top >= _options.MaxStackDepth)
        {
            throw StackTooDeep();
        }

        _budget.Charge((long)ItemBytes * _stack.Length, _opcodeOffset);
        Array.Resize(ref _stack, (int)Math.Min(_options.MaxStackDepth, _stack.Length * 2L));
    }

    private PickleException StackTooDeep() =>
        Fail($"The pickle has more than {_options.MaxStackDepth} values on its stack (PickleOptions.MaxStackDepth)");

    private void Get(long index)
    {
        var value = index < _memo.Length ? _memo[index] : null;
        if (value is null && _farMemo is not null && _farMemo.TryGetValue(index, out var far))
        {
            value = far;
        }

        Push(value switch
        {
            null => throw Fail($"The pickle is malformed: there is no value with number {index}"),
            _ when ReferenceEquals(value, Unset) => null,
            _ => value,
        });
    }

    private void Put(long index)
    {
        _budget.CountMemoEntry(_opcodeOffset);

        // A slot that was never set is null; None is kept as a mark of its own.
        SetMemo(index, Peek() ?? Unset);
    }

    private void SetMemo(long index, object value)
    {
        // Python numbers values from 0 (Python 2 from 1) without gaps. A file that does not gets a slower table, not a larger one.
        if (index >= _memo.Length && index <= (2 * _memoCount) + 1024)
        {
            var length = (int)Math.Min(Array.MaxLength, Math.Max(index + 1, _memo.Length * 2L));
            _budget.Charge((long)ItemBytes * (length - _memo.Length), _opcodeOffset);
            Array.Resize(ref _memo, length);
        }

        if (index < _memo.Length)
        {
            _memoCount += _memo[index] is null ? 1 : 0;
            _memo[index] = value;
            return;
        }

        _budget.Charge(2 * EntryBytes, _opcodeOffset);
        _farMemo ??= new Dictionary<long, object?>(ScatteredNumbers.Instance);
        _memoCount += _farMemo.ContainsKey(index) ? 0 : 1;
        _farMemo[index] = value;
    }
}
