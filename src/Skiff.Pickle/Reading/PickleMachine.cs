namespace Skiff.Pickle;

/// <summary>
/// Runs the opcodes of one pickle and builds its graph. It mirrors the <c>_Unpickler</c> of CPython's <c>Lib/pickle.py</c>, but that a name
/// is a record, a call is a record or plain data, and every structure that Python tolerates but never writes is an error.
/// </summary>
internal sealed partial class PickleMachine
{
    private const int LongestName = 64 << 10;
    private const int LongestNumber = 4_400;

    private readonly PickleInput _input;
    private readonly PickleBudget _budget;
    private readonly PickleOptions _options;
    private readonly NameTable _names;
    private readonly List<string> _warnings;
    private readonly bool _isJoblib;
    private readonly long _beginning;

    /// <summary>Makes a machine for the pickle that starts where the input stands.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="budget">What the file may still cost.</param>
    /// <param name="names">Collects the names.</param>
    /// <param name="warnings">Collects what is odd.</param>
    /// <param name="isJoblib">Whether joblib's wrappers are followed by their arrays; not so in the nested pickle of an array of objects.</param>
    public PickleMachine(PickleInput input, PickleBudget budget, NameTable names, List<string> warnings, bool isJoblib)
    {
        _input = input;
        _budget = budget;
        _options = budget.Options;
        _names = names;
        _warnings = warnings;
        _isJoblib = isJoblib;
        _beginning = input.Offset;
    }

    /// <summary>The protocol that the pickle announced.</summary>
    public int Protocol { get; private set; }

    /// <summary>Reads to the end of the pickle and returns its value.</summary>
    /// <exception cref="PickleException">The pickle is malformed, cut short or over a budget.</exception>
    public object? Run()
    {
        while (true)
        {
            _opcodeOffset = _input.Offset;
            CheckFrame();
            _budget.CountOpcode(_opcodeOffset);
            var opcode = (Opcode)_input.ReadByte();
            if (opcode == Opcode.Stop)
            {
                return Stop();
            }

            Execute(opcode);
        }
    }

    private long _opcodeOffset;

    private void Execute(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.BinGet: Get(_input.ReadByte()); break;
            case Opcode.LongBinGet: Get(_input.ReadUInt32()); break;
            case Opcode.Get: Get(ReadDecimalIndex()); break;
            case Opcode.Memoize: Put(_memoCount); break;
            case Opcode.BinPut: Put(_input.ReadByte()); break;
            case Opcode.LongBinPut: Put(_input.ReadUInt32()); break;
            case Opcode.Put: Put(ReadDecimalIndex()); break;

            case Opcode.ShortBinUnicode: Push(ReadText(_input.ReadByte())); break;
            case Opcode.BinUnicode: Push(ReadText(_input.ReadUInt32())); break;
            case Opcode.BinUnicode8: Push(ReadText(ReadLength8())); break;
            case Opcode.Unicode: Push(ReadEscapedText()); break;
            case Opcode.ShortBinString: Push(ReadOldText(_input.ReadByte())); break;
            case Opcode.BinString: Push(ReadOldText(ReadSignedLength())); break;
            case Opcode.String: Push(ReadQuotedText()); break;
            case Opcode.ShortBinBytes: Push(ReadBytes(_input.ReadByte())); break;
            case Opcode.BinBytes: Push(ReadBytes(_input.ReadUInt32())); break;
            case Opcode.BinBytes8 or Opcode.ByteArray8: Push(ReadBytes(ReadLength8())); break;

            case Opcode.None: Push(null); break;
            case Opcode.NewTrue: Push(Boxes.True); break;
            case Opcode.NewFalse: Push(Boxes.False); break;
            case Opcode.BinInt1: PushInteger(_input.ReadByte()); break;
            case Opcode.BinInt2: PushInteger(_input.ReadUInt16()); break;
            case Opcode.BinInt: PushInteger(_input.ReadInt32()); break;
            case Opcode.Int: Push(ReadDecimalInt()); break;
            case Opcode.Long: Push(ReadDecimalLong()); break;
            case Opcode.Long1: Push(ReadBinaryLong(_input.ReadByte())); break;
            case Opcode.Long4: Push(ReadBinaryLong(ReadSignedLength())); break;
            case Opcode.BinFloat: PushFloat(ReadBinaryFloat()); break;
            case Opcode.Float: PushFloat(ReadDecimalFloat()); break;

            case Opcode.Mark: PushMark(); break;
            case Opcode.Pop: PopOne(); break;
            case Opcode.PopMark: PopToMark(); break;
            case Opcode.Dup: Push(Peek()); break;

            case Opcode.EmptyTuple: MakeTuple(0); break;
            case Opcode.Tuple1: MakeTuple(1); break;
            case Opcode.Tuple2: MakeTuple(2); break;
            case Opcode.Tuple3: MakeTuple(3); break;
            case Opcode.Tuple: MakeTupleFromMark(); break;
            case Opcode.EmptyList or Opcode.EmptyDict or Opcode.EmptySet: MakeEmpty(opcode); break;
            case Opcode.List or Opcode.Dict or Opcode.FrozenSet: MakeFromMark(opcode); break;
            case Opcode.Append: Append(); break;
            case Opcode.Appends or Opcode.AddItems: AppendFromMark(opcode); break;
            case Opcode.SetItem: SetItem(); break;
            case Opcode.SetItems: SetItemsFromMark(); break;

            case Opcode.Global: Push(ReadGlobal()); break;
            case Opcode.StackGlobal: StackGlobal(); break;
            case Opcode.Reduce: Reduce(); break;
            case Opcode.Build: Build(); break;
            case Opcode.NewObj: NewObject(); break;
            case Opcode.NewObjEx: NewObjectWithKeywords(); break;
            case Opcode.Inst: InstantiateNamed(); break;
            case Opcode.Obj: InstantiateFromMark(); break;
            case Opcode.Ext1: PushExtension(_input.ReadByte()); break;
            case Opcode.Ext2: PushExtension(_input.ReadUInt16()); break;
            case Opcode.Ext4: PushExtension(_input.ReadInt32()); break;
            case Opcode.PersId: PushPersistent(ReadName()); break;
            case Opcode.BinPersId: PushPersistent(Plain(Pop())); break;

            case Opcode.Proto: Announce(); break;
            case Opcode.Frame: OpenFrame(); break;
            case Opcode.NextBuffer or Opcode.ReadOnlyBuffer:
                throw Fail("The pickle keeps data in buffers outside the file (protocol 5, out-of-band): save the model with pickle.dump or joblib.dump into one file");
            default:
                throw Fail(_opcodeOffset == _beginning
                    ? $"The file is no pickle: it starts with byte 0x{(byte)opcode:x2}"
                    : $"The pickle is malformed: byte 0x{(byte)opcode:x2} is no opcode");
        }
    }

    private object? Stop()
    {
        var value = Plain(Pop());
        if (_top != 0 || _markCount != 0)
        {
            throw Fail("The pickle is malformed: it stops with more than one value on the stack");
        }

        if (_frameEnd >= 0 && _input.Offset != _frameEnd)
        {
            throw Fail("The pickle is malformed: it stops within a frame");
        }

        return value;
    }

    private PickleException Fail(string message) => new(message, _opcodeOffset);
}
