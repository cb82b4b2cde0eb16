using System.Runtime.CompilerServices;
using Skiff.Numerics;

namespace Skiff.Python.Regex;

/// <content>Instructions that choose, loop, and remember. Each returns the next instruction, or -1.</content>
internal ref partial struct Matcher
{
    private int Split(int at, int position)
    {
        Step();
        if (!Enter(_code[at + 2], position))
        {
            return -1;
        }

        Push(Resume, _code[at + 1], position, 0);
        return at + 3;
    }

    private int SplitLazy(int at, int position)
    {
        Step();
        if (!Enter(_code[at + 2], position))
        {
            return -1;
        }

        Push(Resume, at + 3, position, 0);
        return _code[at + 1];
    }

    private int GroupStart(int at, int position)
    {
        Set(_code[at + 1], position);
        return at + 2;
    }

    private int GroupEnd(int at, int position)
    {
        Set(_code[at + 1], position);
        Set(_program.LastIndexRegister, _code[at + 2]);
        return at + 3;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ExecuteRare(int at, ref int position) => (Op)_code[at] switch
    {
        Op.LoopPossessive => LoopPossessive(at, ref position),
        Op.StarStart => Assign(at, -1),
        Op.Star => Star(at, position),
        Op.StarLazy => StarLazy(at, position),
        Op.StarEnter => Assign(at, position),
        Op.CountStart => CountStart(at),
        Op.Count => Count(at, position),
        Op.CountLazy => CountLazy(at, position),
        Op.CountEnter => CountEnter(at, position),
        Op.Backreference => Backreference(at, ref position),
        Op.BackreferenceFold => BackreferenceFold(at, ref position),
        Op.Condition => _registers[_code[at + 1] + 1] >= 0 ? at + 3 : _code[at + 2],
        Op.AtomicStart => AtomicStart(at),
        Op.AtomicEnd => AtomicEnd(at),
        Op.LookStart => LookStart(at, ref position),
        Op.LookEnd => LookEnd(at, ref position),
        Op.NegativeStart => NegativeStart(at, ref position),
        Op.NegativeEnd => NegativeEnd(at),
        Op.TextStart => position == 0 ? at + 1 : -1,
        Op.TextEnd => position == _text.Length ? at + 1 : -1,
        Op.LineStart => position == 0 || _text[position - 1] == '\n' ? at + 1 : -1,
        Op.LineEnd => position == _text.Length || _text[position] == '\n' ? at + 1 : -1,
        Op.LastLineEnd => position == _text.Length || (position == _text.Length - 1 && _text[position] == '\n') ? at + 1 : -1,
        Op.NonBoundary => IsBoundary(position, _code[at + 1]) ? -1 : at + 2,
        _ => -1,
    };

    private int Assign(int at, int value)
    {
        Set(_code[at + 1], value);
        return at + 2;
    }

    private int Star(int at, int position)
    {
        Step();
        var register = _code[at + 1];
        if (!Enter(_code[at + 3], position))
        {
            return -1;
        }

        if (_registers[register] == position)
        {
            return _code[at + 2];
        }

        Push(Resume, _code[at + 2], position, 0);
        Set(register, position);
        return at + 4;
    }

    private int StarLazy(int at, int position)
    {
        Step();
        if (!Enter(_code[at + 3], position))
        {
            return -1;
        }

        if (_registers[_code[at + 1]] != position)
        {
            Push(Resume, at + 4, position, 0);
        }

        return _code[at + 2];
    }

    private int CountStart(int at)
    {
        Set(_code[at + 1], 0);
        Set(_code[at + 1] + 1, -1);
        return at + 2;
    }

    private int Count(int at, int position)
    {
        Step();
        var register = _code[at + 1];
        var count = _registers[register];
        if (count < _code[at + 2])
        {
            Set(register, count + 1);
            return at + 5;
        }

        if (!MayRepeat(at, position))
        {
            return _code[at + 4];
        }

        Push(Resume, _code[at + 4], position, 0);
        Set(register, count + 1);
        Set(register + 1, position);
        return at + 5;
    }

    private int CountLazy(int at, int position)
    {
        Step();
        var register = _code[at + 1];
        var count = _registers[register];
        if (count < _code[at + 2])
        {
            Set(register, count + 1);
            return at + 7;
        }

        if (MayRepeat(at, position))
        {
            Push(Resume, at + 5, position, 0);
        }

        return _code[at + 4];
    }

    private readonly bool MayRepeat(int at, int position)
    {
        var register = _code[at + 1];
        var maximum = _code[at + 3];
        return (maximum == int.MaxValue || _registers[register] < maximum) && _registers[register + 1] != position;
    }

    private int CountEnter(int at, int position)
    {
        var register = _code[at + 1];
        Set(register, _registers[register] + 1);
        Set(register + 1, position);
        return at + 2;
    }

    private int Backreference(int at, ref int position)
    {
        var register = _code[at + 1];
        if (_registers[register + 1] < 0)
        {
            return -1;
        }

        var caught = _text[_registers[register].._registers[register + 1]];
        if (!_text[position..].StartsWith(caught))
        {
            Step();
            return -1;
        }

        Step(caught.Length);

        position += caught.Length;
        return at + 2;
    }

    private int BackreferenceFold(int at, ref int position)
    {
        var register = _code[at + 1];
        var end = _registers[register + 1];
        if (end < 0)
        {
            return -1;
        }

        var folding = _code[at + 2] == 1 ? CaseFolding.Ascii : CaseFolding.Unicode;
        var caught = _registers[register];
        Step(end - caught);
        while (caught < end)
        {
            if (position == _text.Length || folding.Lower(Utf8.Decode(_text, ref caught)) != folding.Lower(Utf8.Decode(_text, ref position)))
            {
                return -1;
            }
        }

        return at + 3;
    }

    private readonly bool IsBoundary(int position, int ascii)
    {
        var before = position;
        var after = position;
        var left = position > 0 && WordCharacter.Is(Utf8.DecodeBefore(_text, ref before), ascii == 1);
        var right = position < _text.Length && WordCharacter.Is(Utf8.Decode(_text, ref after), ascii == 1);
        return left != right;
    }
}
