using System.Runtime.CompilerServices;
using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <content>Instructions that take characters. Each returns the next instruction, or -1 where the text does not go on so.</content>
internal ref partial struct Matcher
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Byte(int at, ref int position)
    {
        if ((uint)position >= (uint)_text.Length || _text[position] != _code[at + 1])
        {
            return -1;
        }

        position++;
        return at + 2;
    }

    private readonly int Literal(int at, ref int position)
    {
        var literal = _program.Literals.AsSpan(_code[at + 1], _code[at + 2]);
        if (!_text[position..].StartsWith(literal))
        {
            return -1;
        }

        position += literal.Length;
        return at + 3;
    }

    private readonly int Class(int at, ref int position) =>
        _program.Classes[_code[at + 1]].Take(_text, ref position) ? at + 2 : -1;

    private int LoopPossessive(int at, ref int position)
    {
        var start = position;
        if (TakeMinimum(at, ref position) < 0)
        {
            return -1;
        }

        TakeRest(at, ref position);
        Step(position - start);
        return at + 4;
    }

    private int LoopGreedy(int at, ref int position)
    {
        var start = position;
        var memo = _code[at + 4];
        var entry = EnterLoop(memo, position);
        if (entry == LoopEntry.Known)
        {
            return -1;
        }

        var least = TakeMinimum(at, ref position);
        if (least < 0)
        {
            return -1;
        }

        if (entry == LoopEntry.OnlyShortest)
        {
            return least == start ? at + 5 : -1;
        }

        if (_noting && memo >= 0 && _code[at + 3] == int.MaxValue)
        {
            position = TakeUnknown(at, memo, start);
        }
        else
        {
            TakeRest(at, ref position);
        }

        Step(position - start);
        if (position > least)
        {
            Push(Shrink, at, least, position);
        }

        return at + 5;
    }

    /// <summary>
    /// Takes what belongs up to where this loop was entered before: that entry has tried, in vain, all that lies beyond. Every place passed counts as entered,
    /// since from there the loop could only end where it ends from here.
    /// </summary>
    private readonly int TakeUnknown(int at, int memo, int position)
    {
        var characters = _program.Classes[_code[at + 1]];
        var row = _program.Memos[memo].MovedRow;
        while (characters.Take(_text, ref position))
        {
            if (!Note(row, position))
            {
                characters.TakeUpTo(_text, ref position, _code[at + 2]);
                break;
            }
        }

        return position;
    }

    /// <summary>One character less; the frame stays while there is another length to try.</summary>
    private int ShrinkLoop(int at, int least, int position)
    {
        Step();
        Utf8.DecodeBefore(_text, ref position);
        if (position > least)
        {
            Push(Shrink, at, least, position);
        }

        return position;
    }

    private int LoopLazy(int at, ref int position)
    {
        var entry = EnterLoop(_code[at + 4], position);
        if (entry == LoopEntry.Known)
        {
            return -1;
        }

        if (TakeMinimum(at, ref position) < 0)
        {
            return -1;
        }

        Step();
        var maximum = _code[at + 3];
        var more = maximum == int.MaxValue ? maximum : maximum - _code[at + 2];
        if (more > 0)
        {
            Push(Extend, at, position, more);
        }

        return at + 5;
    }

    /// <summary>One character more, if it belongs.</summary>
    private bool ExtendLoop(int at, int end, int more, ref int position)
    {
        Step();
        position = end;
        if (!_program.Classes[_code[at + 1]].Take(_text, ref position))
        {
            return false;
        }

        if (more == int.MaxValue)
        {
            if (!NoteGrowth(_code[at + 4], position))
            {
                return false;
            }
        }
        else
        {
            more--;
        }

        if (more > 0)
        {
            Push(Extend, at, position, more);
        }

        return true;
    }

    /// <summary>Takes the least characters of a loop and returns where they end, or -1.</summary>
    private readonly int TakeMinimum(int at, ref int position)
    {
        var minimum = _code[at + 2];
        return minimum == 0 || _program.Classes[_code[at + 1]].TakeUpTo(_text, ref position, minimum) == minimum ? position : -1;
    }

    private readonly void TakeRest(int at, ref int position)
    {
        var characters = _program.Classes[_code[at + 1]];
        var maximum = _code[at + 3];
        if (maximum == int.MaxValue)
        {
            position = characters.TakeAll(_text, position);
        }
        else
        {
            characters.TakeUpTo(_text, ref position, maximum - _code[at + 2]);
        }
    }
}
