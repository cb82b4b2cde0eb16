using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Skiff.EndToEnd.Tests;

/// <summary>A caller that sends exactly what a test gives it, when it gives it.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(int port, string text)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        await connection.SendAsync(Encoding.Latin1.GetBytes(text));
        return connection;
    }

    /// <summary>Sends all of it, as far as it is taken.</summary>
    /// <returns>Whether the connection was still there.</returns>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What comes until the connection is closed.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is var count and > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // Closed, with something of ours unread.
        }

        return text.ToString();
    }

    public void Dispose() => _socket.Dispose();
}
