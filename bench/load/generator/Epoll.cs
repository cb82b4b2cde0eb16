using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Skiff.Bench.Load;

/// <summary>
/// Linux' epoll and the two calls that move bytes. .NET's own sockets hand each operation from thread to thread, which costs a generator that shares the
/// cores with what it measures more than the request itself.
/// </summary>
internal sealed partial class Epoll
{
    private const int Add = 1;
    private const int Modify = 3;
    private const uint In = 1;
    private const uint Out = 4;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int TryAgain = 11;

    // The kernel packs the event on x86-64 only.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataAt = Stride - 8;

    private readonly int _descriptor = Checked(Create(0));
    private readonly byte[] _events = new byte[16 * 256];

    /// <summary>Asks to be told when a socket has something to read.</summary>
    internal void Watch(nint socket, int tag) => Change(Add, socket, tag, In);

    /// <summary>Asks to be told, or not any more, when a watched socket takes more bytes too.</summary>
    internal void WatchRoom(nint socket, int tag, bool wanted) => Change(Modify, socket, tag, wanted ? In | Out : In);

    /// <summary>Waits until something may be done with a socket; writes the tags of those that do.</summary>
    /// <returns>How many.</returns>
    internal int Wait(Span<int> tags, long microseconds)
    {
        Span<long> time = [microseconds / 1_000_000, microseconds % 1_000_000 * 1000];
        var count = Wait2(_descriptor, ref _events[0], Math.Min(256, tags.Length), ref time[0], 0);
        for (var i = 0; i < count; i++)
        {
            tags[i] = (int)BinaryPrimitives.ReadInt64LittleEndian(_events.AsSpan(i * Stride + DataAt));
        }

        // Below zero where a signal came in between.
        return Math.Max(count, 0);
    }

    /// <summary>Sends what fits; -1 where nothing does, -2 where the other side has gone.</summary>
    internal static int Send(nint socket, ReadOnlySpan<byte> bytes)
    {
        var sent = (int)SendBytes((int)socket, ref MemoryMarshal.GetReference(bytes), bytes.Length, DontWait | NoSignal);
        return sent >= 0 ? sent : Marshal.GetLastPInvokeError() == TryAgain ? -1 : -2;
    }

    /// <summary>Reads what is there; -1 where nothing is, -2 or 0 where the other side has gone.</summary>
    internal static int Receive(nint socket, Span<byte> bytes)
    {
        var got = (int)ReceiveBytes((int)socket, ref MemoryMarshal.GetReference(bytes), bytes.Length, DontWait);
        return got >= 0 ? got : Marshal.GetLastPInvokeError() == TryAgain ? -1 : -2;
    }

    private void Change(int operation, nint socket, int tag, uint events)
    {
        Span<byte> change = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(change, events);
        BinaryPrimitives.WriteInt64LittleEndian(change[DataAt..], tag);
        _ = Checked(Control(_descriptor, operation, (int)socket, ref MemoryMarshal.GetReference(change)));
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, ref byte change);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2")]
    private static partial int Wait2(int epoll, ref byte events, int maximum, ref long timeout, nint signals);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendBytes(int socket, ref byte bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint ReceiveBytes(int socket, ref byte bytes, nint length, int flags);
}
