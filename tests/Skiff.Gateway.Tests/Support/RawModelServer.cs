using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Skiff.Gateway.Tests.Support;

/// <summary>
/// What stands at a model server's address and sends exactly the bytes that a test gives it. It reads each request whole, answers the probes of its health as
/// a model server does unless it is told to be mute, and closes the connection after each answer.
/// </summary>
internal sealed class RawModelServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _running;

    internal RawModelServer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = AcceptAsync();
    }

    internal string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>Whether probes have no answer.</summary>
    internal bool IsMute { get; set; }

    /// <summary>What it was asked, probes left out: whole heads and bodies.</summary>
    internal ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>One that sends a text and closes the connection.</summary>
    internal static RawModelServer Sending(string text) =>
        new((stream, cancellation) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellation).AsTask());

    /// <summary>One that reads and never answers.</summary>
    internal static RawModelServer Silent() => new(static (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadRequestAsync(stream, _stop.Token) is not { } request)
                {
                    return;
                }

                if (!request.StartsWith("GET /health/ready ", StringComparison.Ordinal))
                {
                    Requests.Enqueue(request);
                    await _answer(stream, _stop.Token);
                }
                else if (IsMute)
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                }
                else
                {
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The gateway has gone, or the test is over.
            }
        }
    }

    // A request whose body, if any, has a Content-Length: what the gateway sends.
    private static async Task<string?> ReadRequestAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new byte[16384];
        while (true)
        {
            var soFar = text.ToString();
            var head = soFar.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && soFar.Length >= head + 4 + BodyLength(soFar[..head]))
            {
                return soFar;
            }

            var count = await stream.ReadAsync(buffer, cancellation);
            if (count == 0)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    private static int BodyLength(string head) => head.Split("\r\n")
        .Where(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(static line => int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture))
        .SingleOrDefault();
}
