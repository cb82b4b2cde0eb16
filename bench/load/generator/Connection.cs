using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Skiff.Bench.Load;

/// <summary>One connection, with one request at a time.</summary>
internal sealed class Connection(IPEndPoint address, Epoll epoll, int tag) : IDisposable
{
    private const int Gone = -1;
    private byte[] _buffer = new byte[4096];
    private Socket? _socket;
    private nint _handle;
    private ReadOnlyMemory<byte> _unsent;
    private int _length;
    private bool _waitsForRoom;

    internal int Tag => tag;

    /// <summary>Whether a request is on its way.</summary>
    internal bool IsBusy { get; private set; }

    /// <summary>When it was due, in microseconds.</summary>
    internal long Due { get; private set; }

    /// <summary>Which of the requests it is.</summary>
    internal int Request { get; private set; }

    /// <summary>The body of the answer that came last.</summary>
    internal ReadOnlySpan<byte> Answer => _buffer.AsSpan(0, _length) is var answer ? answer[(answer.IndexOf("\r\n\r\n"u8) + 4)..] : default;

    internal void Begin(int number, byte[] request, long due)
    {
        (IsBusy, Request, Due, _length, _unsent) = (true, number, due, 0, request);
        if (_socket is null)
        {
            Open();
        }

        Push();
    }

    /// <summary>Sends what could not be sent yet, as far as the socket takes it.</summary>
    internal void Push()
    {
        while (!_unsent.IsEmpty && _socket is not null && Epoll.Send(_handle, _unsent.Span) is var sent and >= 0)
        {
            _unsent = _unsent[sent..];
        }

        if (_socket is not null && _waitsForRoom == _unsent.IsEmpty)
        {
            _waitsForRoom = !_unsent.IsEmpty;
            epoll.WatchRoom(_handle, tag, _waitsForRoom);
        }
    }

    /// <summary>Reads what came.</summary>
    /// <returns>The status of a whole answer, 0 where there is more to come, -1 where the other side has gone.</returns>
    internal int Pull()
    {
        while (_socket is not null)
        {
            if (_length == _buffer.Length)
            {
                Array.Resize(ref _buffer, _length * 2);
            }

            var got = Epoll.Receive(_handle, _buffer.AsSpan(_length));
            if (got == -1)
            {
                return 0;
            }

            if (got <= 0)
            {
                Close();
                return Gone;
            }

            _length += got;
            if (IsBusy && Status(_buffer.AsSpan(0, _length)) is var status and > 0)
            {
                IsBusy = false;
                if (!_unsent.IsEmpty)
                {
                    // Answered before all of it was sent: what comes next would be taken for the rest.
                    Close();
                }

                return status;
            }
        }

        return Gone;
    }

    /// <summary>Gives the request up.</summary>
    internal void Close()
    {
        _socket?.Dispose();
        _socket = null;
        (IsBusy, _waitsForRoom) = (false, false);
    }

    public void Dispose() => Close();

    private void Open()
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(address);
        _handle = _socket.Handle;
        epoll.Watch(_handle, tag);
    }

    // The status of a whole answer, or 0.
    private static int Status(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        var head = answer[..(end + 2)];
        var body = answer[(end + 4)..];
        var whole = Length(head) is { } length ? body.Length >= length : body.EndsWith("0\r\n\r\n"u8);
        return whole && Utf8Parser.TryParse(head[9..], out int status, out _) ? status : 0;
    }

    private static int? Length(ReadOnlySpan<byte> head)
    {
        while (head.IndexOf("\r\n"u8) is var end and >= 0)
        {
            var line = head[..end];
            head = head[(end + 2)..];
            if (line.Length > 15 && line[14] == ':' && System.Text.Ascii.EqualsIgnoreCase(line[..14], "content-length"u8)
                && Utf8Parser.TryParse(line[15..].TrimStart((byte)' '), out int length, out _))
            {
                return length;
            }
        }

        return null;
    }
}
