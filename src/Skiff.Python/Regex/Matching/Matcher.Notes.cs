namespace Skiff.Python.Regex;

/// <content>Notes of states that were entered.</content>
internal ref partial struct Matcher
{
    /// <summary>32 MB. A text and pattern that would need more run on the budget alone.</summary>
    private const long MaximumNotes = 1L << 28;

    private enum LoopEntry
    {
        /// <summary>Nothing is known.</summary>
        Fresh,

        /// <summary>All of it has failed.</summary>
        Known,

        /// <summary>All but taking nothing has failed.</summary>
        OnlyShortest,
    }

    /// <summary>Enters a state; false where it was entered before.</summary>
    private bool Enter(int memo, int position)
    {
        if (memo < 0 || !(_noting || StartNotes()))
        {
            return true;
        }

        var point = _program.Memos[memo];
        return Note(point.FirstRow + State(point, position), position);
    }

    private LoopEntry EnterLoop(int memo, int position)
    {
        if (memo < 0 || !(_noting || StartNotes()))
        {
            return LoopEntry.Fresh;
        }

        var point = _program.Memos[memo];
        var row = point.FirstRow + State(point, position);
        if (!Note(row, position))
        {
            return LoopEntry.Known;
        }

        return row != point.MovedRow && IsNoted(point.MovedRow, position) ? LoopEntry.OnlyShortest : LoopEntry.Fresh;
    }

    /// <summary>A lazy loop has grown up to here; false where another one did, which goes on to all that this one could.</summary>
    private bool NoteGrowth(int memo, int position)
    {
        if (memo < 0 || !(_noting || StartNotes()))
        {
            return true;
        }

        return Note(_program.Memos[memo].GrownRow, position);
    }

    /// <summary>Which loops around have moved since their iteration started, as bits.</summary>
    private readonly int State(MemoPoint point, int position)
    {
        var state = 0;
        var registers = point.Registers;
        for (var i = 0; i < registers.Length; i++)
        {
            state |= _registers[registers[i]] != position ? 1 << i : 0;
        }

        return state;
    }

    private readonly bool Note(int row, int position)
    {
        var index = (row * (long)(_text.Length + 1)) + position;
        ref var word = ref _match.Notes[index >> 6];
        var bit = 1UL << (int)(index & 63);
        var fresh = (word & bit) == 0;
        word |= bit;
        return fresh;
    }

    private readonly bool IsNoted(int row, int position)
    {
        var index = (row * (long)(_text.Length + 1)) + position;
        return (_match.Notes[index >> 6] & (1UL << (int)(index & 63))) != 0;
    }

    private bool StartNotes()
    {
        if (_steps > _notesAt || _refusedNotes)
        {
            return false;
        }

        var bits = _program.MemoRows * (long)(_text.Length + 1);
        if (bits is 0 or > MaximumNotes)
        {
            _refusedNotes = true;
            return false;
        }

        var words = (int)((bits + 63) >> 6);
        if (_match.Notes.Length < words)
        {
            _match.Notes = new ulong[words];
        }
        else
        {
            _match.Notes.AsSpan(0, words).Clear();
        }

        _noting = true;
        return true;
    }
}
