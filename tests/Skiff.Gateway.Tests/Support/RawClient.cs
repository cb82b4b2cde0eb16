using System.Net.Sockets;
using System.Text;

namespace Skiff.Gateway.Tests.Support;

/// <summary>A caller that sends exactly the bytes that a test gives it.</summary>
internal static class RawClient
{
    /// <summary>Sends a text, and reads until the gateway closes the connection.</summary>
    /// <param name="gateway">Whom to ask.</param>
    /// <param name="text">Latin-1. It should ask for the connection to be closed, or be malformed.</param>
    internal static async Task<string> ExchangeAsync(TestGateway gateway, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(stream, Encoding.Latin1);
        return await answer.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
