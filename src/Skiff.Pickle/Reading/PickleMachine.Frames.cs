namespace Skiff.Pickle;

/// <summary>Protocol and frames (PEP 3154). CPython's two readers disagree on frames that straddle or nest; here both are errors.</summary>
internal sealed partial class PickleMachine
{
    private const int HighestProtocol = 5;

    private long _frameEnd = -1;
    private bool _isAnnounced;

    private void Announce()
    {
        if (_isAnnounced || _opcodeOffset != _beginning)
        {
            throw Fail("The pickle is malformed: its protocol is announced in its middle");
        }

        Protocol = _input.ReadByte();
        _isAnnounced = true;
        if (Protocol > HighestProtocol)
        {
            throw Fail($"Pickle protocol {Protocol} is not known (0 to {HighestProtocol} are)");
        }
    }

    private void OpenFrame()
    {
        var length = ReadLength8();
        if (_frameEnd >= 0)
        {
            throw Fail("The pickle is malformed: a frame starts within a frame");
        }

        _input.CheckAvailable(length);
        _frameEnd = checked(_input.Offset + length);
    }

    private void CheckFrame()
    {
        if (_frameEnd < 0 || _opcodeOffset < _frameEnd)
        {
            return;
        }

        if (_opcodeOffset > _frameEnd)
        {
            throw Fail("The pickle is malformed: a frame ends within an opcode");
        }

        _frameEnd = -1;
    }
}
