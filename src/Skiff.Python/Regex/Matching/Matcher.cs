using System.Runtime.CompilerServices;
using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <summary>
/// Runs a program over a text: backtracking, with everything that may be undone on one explicit stack. When a search turns out hard, the matcher
/// starts to note which states it has entered; a state entered twice has failed, or would go in circles, so that time stays in proportion to the text.
/// </summary>
/// <remarks>
/// A frame on the stack is three integers. The lowest two bits of the first say what it is: another way to go on, a register to restore, or a loop over
/// one character that has more lengths to try; the rest of it is the instruction or the register.
/// </remarks>
internal ref partial struct Matcher
{
    private const int FrameSize = 3;
    private const int KindMask = 3;
    private const int Resume = 0;
    private const int Restore = 1;
    private const int Shrink = 2;
    private const int Extend = 3;

    /// <summary>64 MB: what a pattern holds back beyond that is refused.</summary>
    private const int MaximumStack = 1 << 24;

    private readonly RegexProgram _program;
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<int> _code;
    private readonly Span<int> _registers;
    private readonly PyMatch _match;
    private readonly bool _full;
    private int[] _stack;
    private int _top;
    private long _steps;
    private int _refused;
    private readonly long _notesAt;
    private bool _noting;
    private bool _refusedNotes;

    private Matcher(RegexProgram program, ReadOnlySpan<byte> text, PyMatch match, bool full)
    {
        _program = program;
        _text = text;
        _code = program.Code;
        _match = match;
        _registers = match.Registers.AsSpan(0, program.RegisterCount);
        _stack = match.Stack;
        _full = full;
        _steps = match.StepsLeft;
        _notesAt = match.NotesAfter == 0 ? long.MaxValue : _steps - match.NotesAfter - (4L * text.Length);
        _refused = -1;
    }

    /// <summary>Looks for a match.</summary>
    /// <param name="program">The pattern.</param>
    /// <param name="text">The text, cut at its end.</param>
    /// <param name="start">The first place to try.</param>
    /// <param name="match">Receives the match and lends its memory.</param>
    /// <param name="mode">Where a match may start and must end.</param>
    /// <param name="mustAdvance">An empty match at the first place does not count.</param>
    /// <exception cref="PyBudgetException">The steps that <paramref name="match"/> has left ran out.</exception>
    internal static bool Run(RegexProgram program, ReadOnlySpan<byte> text, int start, PyMatch match, MatchMode mode, bool mustAdvance)
    {
        match.Prepare(program);
        if (program.OnlyClass is { } only && mode == MatchMode.Search)
        {
            return FindOnly(program, only, text, start, match);
        }

        var matcher = new Matcher(program, text, match, mode == MatchMode.Full);
        matcher._refused = mustAdvance ? start : -1;
        try
        {
            return mode == MatchMode.Search ? matcher.Search(start) : matcher.MatchAt(start);
        }
        finally
        {
            match.Stack = matcher._stack;
            match.StepsLeft = matcher._steps;
            match.Trim();
        }
    }

    /// <summary>A pattern of one class needs no program: what cleans texts is mostly such patterns.</summary>
    private static bool FindOnly(RegexProgram program, CharClass only, ReadOnlySpan<byte> text, int position, PyMatch match)
    {
        while ((position = program.Start.Next(text, position)) >= 0 && position < text.Length)
        {
            var end = position;
            if (only.Take(text, ref end))
            {
                match.Set(position, program.OnlyClassRepeats ? only.TakeAll(text, end) : end);
                return true;
            }

            Utf8.Decode(text, ref position);
        }

        return false;
    }

    private bool Search(int start)
    {
        for (var position = start; ; Utf8.Decode(_text, ref position))
        {
            position = _program.Start.Next(_text, position);
            if (position < 0)
            {
                return false;
            }

            if (MatchAt(position))
            {
                return true;
            }

            _refused = -1;
            if (position >= _text.Length)
            {
                return false;
            }
        }
    }

    private bool MatchAt(int start)
    {
        _registers.Fill(-1);
        _top = 0;
        Step();
        var end = Execute(start);
        if (end < 0)
        {
            return false;
        }

        _match.Set(start, end);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step()
    {
        if (--_steps < 0)
        {
            throw OutOfSteps();
        }
    }

    private void Step(int characters)
    {
        _steps -= characters >> 3;
        Step();
    }

    private readonly PyBudgetException OutOfSteps() => new(
        $"a regular expression took more than {_match.StepBudget} steps on a text of {_text.Length} bytes (PyMatch.StepBudget)");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(int kind, int place, int first, int second)
    {
        var top = _top;
        var stack = _stack;
        if (top + FrameSize > stack.Length)
        {
            stack = Grow();
        }

        stack[top] = (place << 2) | kind;
        stack[top + 1] = first;
        stack[top + 2] = second;
        _top = top + FrameSize;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int[] Grow()
    {
        if (_stack.Length >= MaximumStack)
        {
            throw new PyBudgetException($"a regular expression holds more than {MaximumStack / FrameSize} places to go back to on a text of {_text.Length} bytes");
        }

        Array.Resize(ref _stack, _stack.Length * 2);
        return _stack;
    }

    /// <summary>Sets a register so that going back restores it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int register, int value)
    {
        // With nothing to go back to, the whole attempt ends, and the next one starts from fresh registers.
        if (_top > 0)
        {
            Push(Restore, register, _registers[register], 0);
        }

        _registers[register] = value;
    }

    /// <summary>Goes back to the last place that has another way on.</summary>
    private bool Backtrack(out int at, ref int position)
    {
        while (_top > 0)
        {
            _top -= FrameSize;
            var frame = _stack.AsSpan(_top, FrameSize);
            var place = frame[0] >> 2;
            switch (frame[0] & KindMask)
            {
                case Resume:
                    Step();
                    position = frame[1];
                    at = place;
                    return true;
                case Restore:
                    _registers[place] = frame[1];
                    break;
                case Shrink:
                    position = ShrinkLoop(place, frame[1], frame[2]);
                    at = place + 5;
                    return true;
                default:
                    if (ExtendLoop(place, frame[1], frame[2], ref position))
                    {
                        at = place + 5;
                        return true;
                    }

                    break;
            }
        }

        at = 0;
        return false;
    }

    /// <summary>Runs from the start of the program; returns where the match ends, or -1.</summary>
    private int Execute(int position)
    {
        var at = 0;
        while (true)
        {
            var next = (Op)_code[at] switch
            {
                Op.Byte => Byte(at, ref position),
                Op.Class => Class(at, ref position),
                Op.LoopGreedy => LoopGreedy(at, ref position),
                Op.LoopLazy => LoopLazy(at, ref position),
                Op.Literal => Literal(at, ref position),
                Op.Split => Split(at, position),
                Op.SplitLazy => SplitLazy(at, position),
                Op.Jump => _code[at + 1],
                Op.Join => Enter(_code[at + 1], position) ? at + 2 : -1,
                Op.GroupStart => GroupStart(at, position),
                Op.GroupEnd => GroupEnd(at, position),
                Op.Boundary => IsBoundary(position, _code[at + 1]) ? at + 2 : -1,
                Op.Match => IsAccepted(position) ? int.MaxValue : -1,
                _ => ExecuteRare(at, ref position),
            };
            if (next == int.MaxValue)
            {
                return position;
            }

            at = next;
            if (next < 0 && !Backtrack(out at, ref position))
            {
                return -1;
            }
        }
    }

    private readonly bool IsAccepted(int position) => (!_full || position == _text.Length) && position != _refused;
}
