using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <content>Atomic groups and lookarounds: parts that, once left, are not entered again.</content>
internal ref partial struct Matcher
{
    private int AtomicStart(int at)
    {
        Mark(_code[at + 1]);
        return at + 2;
    }

    private int AtomicEnd(int at)
    {
        Cut(_registers[_code[at + 1]]);
        return at + 2;
    }

    private int LookStart(int at, ref int position)
    {
        var register = _code[at + 1];
        var origin = position;
        if (!StepBack(_code[at + 2], ref position))
        {
            return -1;
        }

        Set(register + 1, origin);
        Mark(register);
        return at + 3;
    }

    private int LookEnd(int at, ref int position)
    {
        var register = _code[at + 1];
        Cut(_registers[register]);
        position = _registers[register + 1];
        return at + 2;
    }

    private int NegativeStart(int at, ref int position)
    {
        var origin = position;
        if (!StepBack(_code[at + 2], ref position))
        {
            position = origin;
            return _code[at + 3];
        }

        Mark(_code[at + 1]);
        Push(Resume, _code[at + 3], origin, 0);
        return at + 4;
    }

    /// <summary>Undoes what the body did, then fails.</summary>
    private int NegativeEnd(int at)
    {
        var bottom = _registers[_code[at + 1]];
        while (_top > bottom)
        {
            _top -= FrameSize;
            if ((_stack[_top] & KindMask) == Restore)
            {
                _registers[_stack[_top] >> 2] = _stack[_top + 1];
            }
        }

        return -1;
    }

    /// <summary>Remembers how high the stack is.</summary>
    private void Mark(int register)
    {
        Set(register, 0);
        _registers[register] = _top;
    }

    /// <summary>Forgets the other ways since a mark, but not what going back must restore.</summary>
    private void Cut(int bottom)
    {
        var kept = bottom;
        Step(_top - bottom);
        for (var frame = bottom; frame < _top && bottom > 0; frame += FrameSize)
        {
            if ((_stack[frame] & KindMask) == Restore)
            {
                _stack.AsSpan(frame, FrameSize).CopyTo(_stack.AsSpan(kept));
                kept += FrameSize;
            }
        }

        _top = kept;
    }

    private readonly bool StepBack(int characters, ref int position)
    {
        for (; characters > 0; characters--)
        {
            if (position == 0)
            {
                return false;
            }

            Utf8.DecodeBefore(_text, ref position);
        }

        return true;
    }
}
