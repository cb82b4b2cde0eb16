namespace Skiff.Python.Regex;

/// <content>Repetition.</content>
internal sealed partial class RegexCompiler
{
    /// <summary>A counted loop whose copies take no more code than this is written out: it needs no count, and the matcher may take notes inside.</summary>
    private const int LargestCopies = 512;

    /// <summary>More loops of possibly empty bodies inside each other make notes cost more than they save.</summary>
    private const int MostEmptyLoops = 3;

    private void EmitRepeat(RepeatNode repeat, PyRegexFlags flags)
    {
        var minimum = (int)Math.Min(repeat.Minimum, int.MaxValue);
        var maximum = (int)Math.Min(repeat.Maximum, int.MaxValue);
        if (FindCharacter(repeat.Body, flags) is var (character, inner))
        {
            EmitCharacterLoop(repeat.Mode, ClassIndex(character, inner), minimum, maximum);
        }
        else if (repeat.Mode == RepeatMode.Possessive)
        {
            EmitPossessive(repeat.Body, minimum, maximum, flags);
        }
        else
        {
            EmitLoop(repeat.Body, minimum, maximum, repeat.Mode == RepeatMode.Lazy, flags);
        }
    }

    /// <summary>The one character that a body is, groups that capture nothing taken off.</summary>
    private static (RegexNode Node, PyRegexFlags Flags)? FindCharacter(RegexNode body, PyRegexFlags flags)
    {
        while (true)
        {
            switch (body)
            {
                case LiteralNode or AnyNode or SetNode:
                    return (body, flags);
                case SequenceNode { Items.Count: 1 } sequence:
                    body = sequence.Items[0];
                    break;
                case GroupNode { Number: 0 } group:
                    flags = Combine(flags, group);
                    body = group.Body;
                    break;
                default:
                    return null;
            }
        }
    }

    private void EmitCharacterLoop(RepeatMode mode, int characters, int minimum, int maximum)
    {
        if (mode == RepeatMode.Possessive)
        {
            Add(Op.LoopPossessive, characters, minimum, maximum);
            return;
        }

        Add(mode == RepeatMode.Lazy ? Op.LoopLazy : Op.LoopGreedy, characters, minimum, maximum, NewMemo());
        if (maximum != int.MaxValue)
        {
            EmitJoin();
        }
    }

    /// <summary>Every iteration is atomic by itself, and so is the whole: a required one that fails undoes none before it.</summary>
    private void EmitPossessive(RegexNode body, int minimum, int maximum, PyRegexFlags flags)
    {
        var register = NewRegisters(1);
        Add(Op.AtomicStart, register);
        _unmemoized++;
        EmitCounted(new AtomicNode(body), minimum, maximum, lazy: false, flags);
        _unmemoized--;
        Add(Op.AtomicEnd, register);
    }

    private void EmitLoop(RegexNode body, int minimum, int maximum, bool lazy, PyRegexFlags flags)
    {
        var mayBeEmpty = NodeWidth.Of(body, _pattern.GroupWidths).Minimum == 0;
        if (minimum == 0 && maximum == 1)
        {
            EmitOptional(body, lazy, flags);
        }
        else if (maximum == int.MaxValue && minimum <= 1)
        {
            if (mayBeEmpty)
            {
                EmitEmptyStar(body, minimum, lazy, flags);
            }
            else if (minimum == 0)
            {
                EmitStar(body, lazy, flags);
            }
            else
            {
                EmitPlus(body, lazy, flags);
            }
        }
        else if (!TryEmitCopies(body, minimum, maximum, lazy, mayBeEmpty, flags))
        {
            EmitCounted(body, minimum, maximum, lazy, flags);
        }
    }

    private void EmitOptional(RegexNode body, bool lazy, PyRegexFlags flags)
    {
        var split = AddSplit(lazy);
        Emit(body, flags);
        EndSplit(split);
        EmitJoin();
    }

    /// <summary>A split that a body follows: it goes past the body, first or last.</summary>
    private int AddSplit(bool lazy) => Add(lazy ? Op.SplitLazy : Op.Split, 0, -1);

    private void EndSplit(int split)
    {
        _code[split + 1] = _code.Count;
    }

    private void EmitStar(RegexNode body, bool lazy, PyRegexFlags flags)
    {
        var head = Add(lazy ? Op.SplitLazy : Op.Split, 0, NewMemo());
        Emit(body, flags);
        Add(Op.Jump, head);
        _code[head + 1] = _code.Count;
    }

    private void EmitPlus(RegexNode body, bool lazy, PyRegexFlags flags)
    {
        var start = _code.Count;
        Emit(body, flags);

        // The greedy one prefers to go back, the lazy one to go on.
        Add(lazy ? Op.Split : Op.SplitLazy, start, NewMemo());
    }

    private void EmitEmptyStar(RegexNode body, int minimum, bool lazy, PyRegexFlags flags)
    {
        var register = NewRegisters(1);
        Add(Op.StarStart, register);
        var required = minimum == 1 ? Add(Op.Jump, 0) : -1;
        _emptyLoops.Add(register);
        var head = Add(lazy ? Op.StarLazy : Op.Star, register, 0, NewMemo());
        if (lazy)
        {
            Add(Op.StarEnter, register);
        }

        if (required >= 0)
        {
            _code[required + 1] = _code.Count;
        }

        Emit(body, flags);
        Add(Op.Jump, head);
        _emptyLoops.RemoveAt(_emptyLoops.Count - 1);
        _code[head + 2] = _code.Count;
    }

    private void EmitCounted(RegexNode body, int minimum, int maximum, bool lazy, PyRegexFlags flags)
    {
        var register = NewRegisters(2);
        Add(Op.CountStart, register);
        var head = Add(lazy ? Op.CountLazy : Op.Count, register, minimum, maximum, 0);
        if (lazy)
        {
            Add(Op.CountEnter, register);
        }

        _unmemoized++;
        Emit(body, flags);
        _unmemoized--;
        Add(Op.Jump, head);
        _code[head + 4] = _code.Count;
    }

    private bool TryEmitCopies(RegexNode body, int minimum, int maximum, bool lazy, bool mayBeEmpty, PyRegexFlags flags)
    {
        var copies = maximum == int.MaxValue ? minimum : maximum;
        if (copies is < 1 or > LargestCopies || _sizes.Of(body) * copies > LargestCopies)
        {
            return false;
        }

        // What never is empty may share its last copy with the loop that follows.
        var unbounded = maximum == int.MaxValue;
        var required = unbounded && !mayBeEmpty ? minimum - 1 : minimum;
        for (var i = 0; i < required; i++)
        {
            Emit(body, flags);
        }

        switch (unbounded, mayBeEmpty)
        {
            case (true, true):
                EmitEmptyStar(body, 0, lazy, flags);
                break;
            case (true, false):
                EmitPlus(body, lazy, flags);
                break;
            case (false, true):
                EmitEmptyOptionalCopies(body, maximum - minimum, lazy, flags);
                break;
            default:
                EmitOptionalCopies(body, maximum - minimum, lazy, flags);
                break;
        }

        return true;
    }

    /// <summary>Copies of which each is tried only after the one before it.</summary>
    private void EmitOptionalCopies(RegexNode body, int count, bool lazy, PyRegexFlags flags)
    {
        var splits = new int[count];
        for (var i = 0; i < count; i++)
        {
            splits[i] = AddSplit(lazy);
            Emit(body, flags);
        }

        foreach (var split in splits)
        {
            EndSplit(split);
        }

        EmitJoin();
    }

    /// <summary>The same where a copy may be empty: the one after an empty one is not tried.</summary>
    private void EmitEmptyOptionalCopies(RegexNode body, int count, bool lazy, PyRegexFlags flags)
    {
        var register = NewRegisters(1);
        Add(Op.StarStart, register);
        _emptyLoops.Add(register);
        var heads = new int[count];
        for (var i = 0; i < count; i++)
        {
            heads[i] = Add(lazy ? Op.StarLazy : Op.Star, register, 0, NewMemo());
            if (lazy)
            {
                Add(Op.StarEnter, register);
            }

            Emit(body, flags);
        }

        _emptyLoops.RemoveAt(_emptyLoops.Count - 1);
        foreach (var head in heads)
        {
            _code[head + 2] = _code.Count;
        }

        EmitJoin();
    }

    private void EmitJoin()
    {
        var memo = NewMemo();
        if (memo >= 0)
        {
            Add(Op.Join, memo);
        }
    }

    private int NewMemo()
    {
        if (_unmemoized > 0 || _emptyLoops.Count > MostEmptyLoops)
        {
            return -1;
        }

        var memo = new MemoPoint(_memoRows, [.. _emptyLoops]);
        _memos.Add(memo);
        _memoRows += memo.Rows;
        return _memos.Count - 1;
    }
}
